"""The pages of rounds, nominations and their review."""

from accounts.choices import Role
from tests.browser.pages import DOST, Page

SEEING = DOST | {Role.LEADERSHIP, Role.UNIT_OFFICER}
REVIEW = DOST | {Role.LEADERSHIP}

PAGES = [
    Page("round_list", "/dot-de-cu/", SEEING),
    Page("round_create", "/dot-de-cu/them/", DOST),
    Page("nomination_list", "/de-cu/", SEEING),
    Page("dossier_list", "/ho-so-de-cu/", REVIEW),
]
# Opened step by step, from the opening of a round to the selection.
ELSEWHERE = {
    "conflict_declare",
    "dossier_detail",
    "dossier_propose",
    "dossier_refuse",
    "dossier_select",
    "dossier_shortlist",
    "dossier_take_back",
    "nomination_add",
    "nomination_batch_add",
    "nomination_batch_detail",
    "nomination_batch_submit",
    "nomination_batch_template",
    "nomination_detail",
    "nomination_discard",
    "nomination_edit",
    "nomination_return",
    "nomination_submit",
    "nomination_withdraw",
    "round_close",
    "round_detail",
    "round_edit",
    "round_extend",
    "round_open",
    "selection_decision_record",
    "selection_list",
}
