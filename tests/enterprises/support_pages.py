"""The pages of support cases and of the rules of support."""

from accounts.choices import Role
from tests.browser.pages import DOST, Page

READERS = DOST | {Role.LEADERSHIP, Role.UNIT_OFFICER}

PAGES = [
    Page("support_case_list", "/ho-tro/", READERS),
    Page("support_case_list", "/ho-tro/?q=khongcotunay", READERS),
    Page("support_rule_list", "/quy-dinh-ho-tro/", READERS | {Role.FINANCE_OFFICER}),
    Page("support_rule_add", "/quy-dinh-ho-tro/them/", DOST),
]
# Opened step by step, from a selected enterprise to the closed case.
ELSEWHERE = {
    "support_case_accept",
    "support_case_acceptance_propose",
    "support_case_acceptance_return",
    "support_case_cancel",
    "support_case_close",
    "support_case_detail",
    "support_case_start",
    "support_case_step_back",
    "support_case_void",
    "support_milestone_add",
    "support_milestone_done",
    "support_milestone_void",
    "support_rule_approve",
    "support_rule_end",
    "support_rule_return",
    "support_rule_void",
}
