"""People, organisations and memberships."""

from accounts.models.memberships import Membership
from accounts.models.organisations import Organisation
from accounts.models.users import User

__all__ = ["Membership", "Organisation", "User"]
