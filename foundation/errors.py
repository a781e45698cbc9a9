"""What can go wrong, in words a page can show. Each carries the HTTP status it becomes."""


class AppError(Exception):
    """A mistake with a message for people: say what is wrong and what to do."""

    status = 400


class NotFound(AppError):
    """What was asked for does not exist, or this person may not know that it does."""

    status = 404


class NotSignedIn(AppError):
    """Nobody, or somebody whose sign-in has ended (401). `reason` tells a script which of the two kinds of end."""

    status = 401
    reason = "signed-out"  # sign in, and go on


class DeviceRevoked(NotSignedIn):
    """The device was told off: signing in makes it another device."""

    reason = "revoked"


class Forbidden(AppError):
    """The person is known and may not do this."""

    status = 403


class RuleBroken(AppError):
    """A rule of the trade says no (409): the state or the people involved do not allow it."""

    status = 409


class Invalid(AppError):
    """The input cannot be used (422). `fields` maps a field's name to what to do about it."""

    status = 422

    def __init__(self, message: str, fields: dict[str, str] | None = None):
        super().__init__(message)
        self.fields = fields or {}
