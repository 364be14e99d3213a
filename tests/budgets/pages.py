"""The pages of money."""

from tests.browser.pages import Page

PAGES = [Page("budget_line_list", "/ke-hoach/191/kinh-phi/")]
