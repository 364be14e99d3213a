"""People, organisations and memberships."""

from accounts.models.areas import AdministrativeArea, AreaSuccession
from accounts.models.deputies import Deputy
from accounts.models.handovers import Handover
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
    "KeptForm",
    "Membership",
    "Organisation",
    "Succession",
    "User",
]
