"""Acts of the room ``accounts``."""

from accounts.services.areas import (
    area_create,
    area_edit,
    area_succession_record,
)
from accounts.services.areas_load import (
    AreasLoad,
    areas_load,
)
from accounts.services.audit_heads import (
    audit_verify_nightly,
)
from accounts.services.demo import (
    demo_accounts_create,
)
from accounts.services.deputies import (
    deputy_end,
    deputy_record,
)
from accounts.services.handovers import (
    handover_carry_out,
    handover_record,
    handovers_carry_out,
)
from accounts.services.idle_accounts import (
    idle_account_ask,
    idle_account_reopen,
    idle_accounts_check,
)
from accounts.services.invitations import (
    Address,
    invitation_accept,
    invitation_create,
    invitation_of,
    invitation_refused,
    invitation_resend,
    invitation_withdraw,
)
from accounts.services.memberships import (
    membership_end,
    membership_grant,
)
from accounts.services.organisations import (
    organisation_create,
    organisation_edit,
)
from accounts.services.sessions import (
    session_end,
    session_end_all,
    session_seen,
)
from accounts.services.successions import (
    SuccessionPreview,
    succession_preview,
    succession_record,
    succession_work_pass,
    successions_work_pass,
)
from accounts.services.typed_forms import (
    form_draft_discard,
    form_draft_save,
    kept_form_discard,
    kept_form_keep,
    typed_form_sent,
    typed_forms_sweep,
)
from accounts.services.user_accounts import (
    login_locked,
    second_factor_changed,
    user_close,
    user_edit,
    user_mfa_reset,
    user_reopen,
)
from accounts.services.users import (
    administrator_create,
    password_set,
    user_create,
)

__all__ = [
    "Address",
    "AreasLoad",
    "SuccessionPreview",
    "administrator_create",
    "area_create",
    "area_edit",
    "area_succession_record",
    "areas_load",
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
    "invitation_accept",
    "invitation_create",
    "invitation_of",
    "invitation_refused",
    "invitation_resend",
    "invitation_withdraw",
    "kept_form_discard",
    "kept_form_keep",
    "login_locked",
    "membership_end",
    "membership_grant",
    "organisation_create",
    "organisation_edit",
    "password_set",
    "second_factor_changed",
    "session_end",
    "session_end_all",
    "session_seen",
    "succession_preview",
    "succession_record",
    "succession_work_pass",
    "successions_work_pass",
    "typed_form_sent",
    "typed_forms_sweep",
    "user_close",
    "user_create",
    "user_edit",
    "user_mfa_reset",
    "user_reopen",
]
