"""The pages of the register."""

from tests.browser.pages import Page

PAGES: list[Page] = []
ELSEWHERE = {"enterprise_detail"}
