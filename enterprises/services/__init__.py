"""Acts of the room ``enterprises``."""

from enterprises.services.batches import (
    nomination_batch_add,
    nomination_batch_submit,
)
from enterprises.services.catalogues import (
    improvement_tool_add,
    improvement_tool_edit,
    standard_add,
    standard_edit,
)
from enterprises.services.coefficients import (
    coefficients_add,
    coefficients_approve,
    coefficients_void,
)
from enterprises.services.contacts import (
    contact_add,
    contact_edit,
    contact_void,
)
from enterprises.services.enterprises import (
    enterprise_change_tax_code,
    enterprise_create,
    enterprise_edit,
    enterprise_end,
    enterprise_verify,
)
from enterprises.services.key_lists import (
    key_list_entry_approve,
    key_list_entry_drop_change,
    key_list_entry_return,
)
from enterprises.services.merge import (
    enterprise_merge,
)
from enterprises.services.nominations import (
    nomination_add,
    nomination_discard,
    nomination_edit,
    nomination_submit,
    nomination_withdraw,
)
from enterprises.services.reviews import (
    conflict_declare,
    dossier_propose,
    dossier_refuse,
    dossier_select,
    dossier_shortlist,
    dossier_take_back,
    nomination_return,
)
from enterprises.services.rounds import (
    round_close,
    round_create,
    round_edit,
    round_extend,
    round_open,
    selection_decision_record,
)
from enterprises.services.sets import (
    acts_of,
)
from enterprises.services.support_cases import (
    support_case_accept,
    support_case_acceptance_propose,
    support_case_acceptance_return,
    support_case_cancel,
    support_case_close,
    support_case_start,
    support_case_step_back,
    support_case_void,
    support_milestone_add,
    support_milestone_done,
    support_milestone_void,
)
from enterprises.services.support_rules import (
    support_rule_add,
    support_rule_approve,
    support_rule_end,
    support_rule_return,
    support_rule_void,
)
from enterprises.services.thresholds import (
    size_threshold_add,
    size_threshold_approve,
    size_threshold_void,
)

__all__ = [
    "acts_of",
    "coefficients_add",
    "coefficients_approve",
    "coefficients_void",
    "conflict_declare",
    "contact_add",
    "contact_edit",
    "contact_void",
    "dossier_propose",
    "dossier_refuse",
    "dossier_select",
    "dossier_shortlist",
    "dossier_take_back",
    "enterprise_change_tax_code",
    "enterprise_create",
    "enterprise_edit",
    "enterprise_end",
    "enterprise_merge",
    "enterprise_verify",
    "improvement_tool_add",
    "improvement_tool_edit",
    "key_list_entry_approve",
    "key_list_entry_drop_change",
    "key_list_entry_return",
    "nomination_add",
    "nomination_batch_add",
    "nomination_batch_submit",
    "nomination_discard",
    "nomination_edit",
    "nomination_return",
    "nomination_submit",
    "nomination_withdraw",
    "round_close",
    "round_create",
    "round_edit",
    "round_extend",
    "round_open",
    "selection_decision_record",
    "size_threshold_add",
    "size_threshold_approve",
    "size_threshold_void",
    "standard_add",
    "standard_edit",
    "support_case_accept",
    "support_case_acceptance_propose",
    "support_case_acceptance_return",
    "support_case_cancel",
    "support_case_close",
    "support_case_start",
    "support_case_step_back",
    "support_case_void",
    "support_milestone_add",
    "support_milestone_done",
    "support_milestone_void",
    "support_rule_add",
    "support_rule_approve",
    "support_rule_end",
    "support_rule_return",
    "support_rule_void",
]
