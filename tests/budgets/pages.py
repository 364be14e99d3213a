"""The pages of money."""

from tests.browser.pages import Page

PAGES = [Page("budget_line_list", "/ke-hoach/191/kinh-phi/")]
# Opened step by step, from a selected enterprise to the closed case.
ELSEWHERE = {
    "support_agreement_approve",
    "support_agreement_propose",
    "support_agreement_return",
}
