"""People, organisations and memberships."""

from accounts.models.areas import AdministrativeArea, AreaSuccession
from accounts.models.deputies import Deputy
from accounts.models.handovers import Handover
from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership
from accounts.models.organisations import Organisation
from accounts.models.successions import Succession
from accounts.models.typed_forms import FormDraft, KeptForm
from accounts.models.users import User

__all__ = [
    "AdministrativeArea",
    "AreaSuccession",
    "Deputy",
    "FormDraft",
    "Handover",
    "Invitation",
    "KeptForm",
    "Membership",
    "Organisation",
    "Succession",
    "User",
]
