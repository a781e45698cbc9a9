"""Words for roles, passwords, and the audit entries of accounts."""

from flask_babel import lazy_gettext as _l

from accounts.permissions import Role
from accounts.rules import LONGEST, SHORTEST, PasswordFault
from foundation.audit import name_words
from foundation.i18n import LABELS, name_members

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
