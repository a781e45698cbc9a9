"""Words for roles, passwords, and the audit entries of accounts."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from accounts.permissions import Role
from accounts.rules import LONGEST, SHORTEST, PasswordFault
from foundation.audit import name_words
from foundation.i18n import LABELS, name_members, number

name_members({
    Role.INSPECTOR: _l("Inspector"),
    Role.LEAD: _l("Team lead"),
    Role.REVIEWER: _l("Reviewer"),
    Role.DECIDER: _l("Decision maker"),
    Role.CLERK: _l("Records clerk"),
    Role.ADMIN: _l("Administrator"),
    Role.VIEWER: _l("Report viewer"),
    Role.STORE: _l("Store user"),
})

name_members({
    PasswordFault.SHORT: _l("Use at least %(number)s characters.", number=SHORTEST),
    PasswordFault.LONG: _l("Use at most %(number)s characters.", number=LONGEST),
    PasswordFault.EMAIL: _l("Do not use the e-mail address as the password."),
    PasswordFault.COMMON: _l("This password is easy to guess. Choose a few words that do not belong together."),
})

DUTIES = {
    Role.INSPECTOR: _l("Surveys stores on the tablet."),
    Role.LEAD: _l("Plans visits, leads the team and surveys."),
    Role.REVIEWER: _l("Reviews submitted surveys they took no part in."),
    Role.DECIDER: _l("Decides on certification and on suspension or withdrawal."),
    Role.CLERK: _l("Keeps the register, takes in applications, plans visits and activities."),
    Role.ADMIN: _l("Manages people, criteria sets and the register; reads the audit trail."),
    Role.VIEWER: _l("Reads the register and the coverage figures."),
    Role.STORE: _l("Belongs to an enterprise; sees its own stores only."),
}

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}

name_words({
    "User": _l("Account"),
    "Device": _l("Tablet"),
    "issue_device": _l("enrol a tablet"),
    "renew_token": _l("sign in again on a tablet"),
    "rename_device": _l("rename a tablet"),
    "revoke_device": _l("revoke a tablet"),
    "owner": _l("Owner"),
    "device": _l("Tablet"),
    "unsent": _l("Unsent records"),
    "add_user": _l("add a person"),
    "edit_user": _l("correct a person's details"),
    "change_password": _l("change own password"),
    "reset_password": _l("give a one-time password"),
    "set_roles": _l("change roles"),
    "close_account": _l("close an account"),
    "reopen_account": _l("reopen an account"),
    "sign_out_everywhere": _l("sign out everywhere"),
    "lock_sign_in": _l("lock sign-in after wrong passwords"),
    "purge_attempts": _l("delete old sign-in attempts"),
    "name": _l("Name"),
    "email": _l("E-mail"),
    "language": _l("Language"),
    "roles": _l("Roles"),
    "count": _l("How many"),
    **{role.value: LABELS["Role", role.value] for role in Role},
    **LANGUAGE_NAMES,
})


def say_age(age: timedelta) -> str:
    """For how long something has been so: whole minutes, from an hour hours, from two days days."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // 60)
    return ngettext("%(num)d day", "%(num)d days", minutes // (24 * 60))


def say_skew(skew_ms: int) -> str:
    """How far a clock is off: "12 minutes fast"."""
    age = say_age(timedelta(milliseconds=abs(skew_ms)))
    return _("%(age)s fast", age=age) if skew_ms > 0 else _("%(age)s slow", age=age)


def say_size(size: int) -> str:
    """Megabytes, from a thousand on gigabytes; a decimal while they are few."""
    value, unit = (size / 1e9, "GB") if size >= 1e9 else (size / 1e6, "MB")
    return f"{number(value, 1 if value < 10 else 0)}\u00a0{unit}"
