"""The pages of the register."""

from tests.browser.pages import Page
from tests.enterprises import record_pages

PAGES: list[Page] = []
ELSEWHERE = {"enterprise_detail"} | record_pages.ELSEWHERE
