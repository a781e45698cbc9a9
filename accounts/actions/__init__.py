"""What is done to accounts and to the devices people survey with."""

from accounts.actions.devices import issue_device, rename_device, renew_token, report_device, revoke_device
from accounts.actions.people import (
    LockedOut,
    add_user,
    authenticate,
    change_password,
    edit_user,
    purge_attempts,
    record_attempt,
    reset_password,
    set_active,
    set_language,
    set_roles,
    sign_out_everywhere,
)

__all__ = [
    "LockedOut", "add_user", "authenticate", "change_password", "edit_user", "issue_device",
    "purge_attempts", "record_attempt", "rename_device", "renew_token", "report_device", "reset_password",
    "revoke_device", "set_active", "set_language", "set_roles", "sign_out_everywhere",
]
