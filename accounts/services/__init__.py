"""Acts of the room ``accounts``."""

from accounts.services.demo import demo_accounts_create
from accounts.services.memberships import membership_grant
from accounts.services.organisations import organisation_create
from accounts.services.users import administrator_create, password_set, user_create

__all__ = [
    "administrator_create",
    "demo_accounts_create",
    "membership_grant",
    "organisation_create",
    "password_set",
    "user_create",
]
