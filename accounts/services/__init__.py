"""Acts of the room ``accounts``."""

from accounts.services.areas import area_create, area_edit, area_succession_record
from accounts.services.areas_load import AreasLoad, areas_load
from accounts.services.demo import demo_accounts_create
from accounts.services.deputies import deputy_end, deputy_record
from accounts.services.handovers import handover_carry_out, handover_record, handovers_carry_out
from accounts.services.memberships import membership_grant
from accounts.services.organisations import organisation_create, organisation_edit
from accounts.services.successions import (
    SuccessionPreview,
    succession_preview,
    succession_record,
    succession_work_pass,
)
from accounts.services.typed_forms import (
    form_draft_discard,
    form_draft_save,
    kept_form_discard,
    kept_form_keep,
    typed_form_sent,
    typed_forms_sweep,
)
from accounts.services.users import administrator_create, password_set, user_create

__all__ = [
    "AreasLoad",
    "SuccessionPreview",
    "administrator_create",
    "area_create",
    "area_edit",
    "area_succession_record",
    "areas_load",
    "demo_accounts_create",
    "deputy_end",
    "deputy_record",
    "form_draft_discard",
    "form_draft_save",
    "handover_carry_out",
    "handover_record",
    "handovers_carry_out",
    "kept_form_discard",
    "kept_form_keep",
    "membership_grant",
    "organisation_create",
    "organisation_edit",
    "password_set",
    "succession_preview",
    "succession_record",
    "succession_work_pass",
    "typed_form_sent",
    "typed_forms_sweep",
    "user_create",
]
