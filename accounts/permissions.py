"""Who may do what: the roles, the permissions, one table, one guard (DOMAIN 4)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation.errors import DeviceRevoked, NotSignedIn
from foundation.messages import explain
from foundation.web import wants_json


class Role(StrEnum):
    INSPECTOR = "inspector"  # cán bộ khảo sát
    LEAD = "lead"  # trưởng đoàn
    REVIEWER = "reviewer"  # người thẩm xét
    DECIDER = "decider"  # người quyết định
    CLERK = "clerk"  # văn thư
    ADMIN = "admin"  # quản trị
    VIEWER = "viewer"  # xem báo cáo
    STORE = "store"  # cơ sở


class Permission(StrEnum):
    SIGNED_IN = "be signed in"
    SEE_REGISTER = "see the register"
    EDIT_REGISTER = "edit the register"
    IMPORT_REGISTER = "import into the register"
    SEE_CRITERIA = "see criteria sets"
    EDIT_CRITERIA = "edit criteria sets"
    PLAN_VISITS = "plan visits"
    SURVEY = "survey stores"
    SEE_SURVEYS = "see surveys"
    REVIEW = "review surveys"
    TAKE_APPLICATIONS = "take in applications"
    SEE_CERTIFICATION = "see applications, decisions and certificates"
    DECIDE = "decide on applications and certificates"
    SEE_PROGRESS = "see coverage"
    EDIT_PLAN = "edit targets, thresholds and activities"
    MANAGE_PEOPLE = "manage people"
    SEE_AUDIT = "see the audit trail"
    OWN_STORES = "see the own stores"


P = Permission
STAFF = {P.SIGNED_IN, P.SEE_REGISTER, P.SEE_CRITERIA, P.SEE_SURVEYS, P.SEE_CERTIFICATION, P.SEE_PROGRESS}

GRANTS: dict[Role, set[Permission]] = {
    Role.INSPECTOR: STAFF | {P.SURVEY},
    Role.LEAD: STAFF | {P.SURVEY, P.PLAN_VISITS},
    Role.REVIEWER: STAFF | {P.REVIEW},
    Role.DECIDER: STAFF | {P.DECIDE},
    Role.CLERK: STAFF | {P.EDIT_REGISTER, P.IMPORT_REGISTER, P.TAKE_APPLICATIONS, P.PLAN_VISITS, P.EDIT_PLAN},
    Role.ADMIN: STAFF | {P.MANAGE_PEOPLE, P.SEE_AUDIT, P.EDIT_CRITERIA, P.EDIT_REGISTER, P.IMPORT_REGISTER,
                         P.EDIT_PLAN},
    Role.VIEWER: {P.SIGNED_IN, P.SEE_REGISTER, P.SEE_PROGRESS},
    Role.STORE: {P.SIGNED_IN, P.OWN_STORES},
}

class Holder:
    """Somebody who is signed in and holds grants; each has a role, a territory_id and a revoked_at."""

    grants: Any
    is_authenticated = True
    is_anonymous = False

    @property
    def roles(self) -> set[Role]:
        return {grant.role for grant in self.grants if grant.revoked_at is None}

    def may(self, permission: object) -> bool:
        """Whether any role this person holds grants `permission`."""
        return any(permission in GRANTS[role] for role in self.roles)

    def territories_for(self, permission: Permission) -> set[int] | None:
        """Ids of the units within which the person may do it; None means everywhere, an empty set nowhere."""
        held = [g for g in self.grants if g.revoked_at is None and permission in GRANTS[g.role]]
        if any(grant.territory_id is None for grant in held):
            return None
        return {grant.territory_id for grant in held if grant.territory_id is not None}


PUBLIC = object()


def requires(permission: object) -> Callable:
    """Say what a view needs. `guard` does the rest."""

    def mark(view: Callable) -> Callable:
        vars(view).update(permission=permission)
        return view

    return mark


public = requires(PUBLIC)


WHILE_PASSWORD_IS_DUE = {"accounts.show_account", "accounts.change_password", "accounts.set_language"}


def guard(app: Flask) -> None:
    """Close every door that nobody has opened; send those who are not signed in to sign in first.

    A view that is not marked asks for the permission None, which nobody has. People who still use a one-time
    password reach their account page only.
    """
    public(app.view_functions["static"])

    @app.before_request
    def check_permission():
        view = current_app.view_functions.get(request.endpoint or "")
        needed = getattr(view, "permission", None)
        if view is None or needed is PUBLIC:
            return None
        person = current_user._get_current_object()  # asked for once, not at each attribute
        if not person.is_authenticated:
            return ask_to_sign_in()
        if not person.may(needed):
            abort(403)
        if person.must_change_password and request.endpoint not in WHILE_PASSWORD_IS_DUE:
            return ask_for_password()
        return None


def ask_to_sign_in():
    """Pages lead to the sign-in and back; a form that was sent, and scripts, are told (401), scripts with a reason."""
    if g.get("is_revoked"):
        raise DeviceRevoked(_("This tablet was revoked. What is on it stays there: sign in to go on."))
    if wants_json():
        raise NotSignedIn(explain(401)[1])
    if request.method != "GET" or not request.accept_mimetypes.accept_html:
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))


def ask_for_password():
    """To the account page, where the one-time password is replaced; scripts are told (403)."""
    if wants_json():
        abort(403)
    return redirect(url_for("accounts.show_account"))
