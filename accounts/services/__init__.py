"""Acts of the room ``accounts``."""

from accounts.services.audit_heads import audit_verify_nightly
from accounts.services.demo import demo_accounts_create
from accounts.services.deputies import deputy_end, deputy_record
from accounts.services.handovers import handover_carry_out, handover_record, handovers_carry_out
from accounts.services.idle_accounts import (
    idle_account_ask,
    idle_account_reopen,
    idle_accounts_check,
)
from accounts.services.memberships import membership_grant
from accounts.services.organisations import organisation_create
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
    "administrator_create",
    "audit_verify_nightly",
    "demo_accounts_create",
    "deputy_end",
    "deputy_record",
    "form_draft_discard",
    "form_draft_save",
    "handover_carry_out",
    "handover_record",
    "handovers_carry_out",
    "idle_account_ask",
    "idle_account_reopen",
    "idle_accounts_check",
    "kept_form_discard",
    "kept_form_keep",
    "membership_grant",
    "organisation_create",
    "password_set",
    "typed_form_sent",
    "typed_forms_sweep",
    "user_create",
]
