"""The pages of the house."""

from tests.browser.pages import Page

PAGES = [
    Page("search", "/tim-kiem/"),
    Page("search", "/tim-kiem/?q=dac+san"),
    Page("search", "/tim-kiem/?q=khongcotunay"),
]
ELSEWHERE = {"health"}
