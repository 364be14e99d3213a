"""People, organisations and memberships."""

from accounts.models.areas import AdministrativeArea, AreaSuccession
from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership
from accounts.models.organisations import Organisation
from accounts.models.successions import Succession
from accounts.models.users import User

__all__ = [
    "AdministrativeArea",
    "AreaSuccession",
    "Invitation",
    "Membership",
    "Organisation",
    "Succession",
    "User",
]
