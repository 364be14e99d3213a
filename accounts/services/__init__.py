"""Acts of the room ``accounts``."""

from accounts.services.demo import demo_accounts_create
from accounts.services.invitations import (
    Address,
    invitation_accept,
    invitation_create,
    invitation_of,
    invitation_refused,
    invitation_resend,
    invitation_withdraw,
)
from accounts.services.memberships import membership_end, membership_grant
from accounts.services.organisations import organisation_create
from accounts.services.sessions import session_end, session_end_all, session_seen
from accounts.services.user_accounts import (
    login_locked,
    second_factor_changed,
    user_close,
    user_edit,
    user_mfa_reset,
    user_reopen,
)
from accounts.services.users import administrator_create, password_set, user_create

__all__ = [
    "Address",
    "administrator_create",
    "demo_accounts_create",
    "invitation_accept",
    "invitation_create",
    "invitation_of",
    "invitation_refused",
    "invitation_resend",
    "invitation_withdraw",
    "login_locked",
    "membership_end",
    "membership_grant",
    "organisation_create",
    "password_set",
    "second_factor_changed",
    "session_end",
    "session_end_all",
    "session_seen",
    "user_close",
    "user_create",
    "user_edit",
    "user_mfa_reset",
    "user_reopen",
]
