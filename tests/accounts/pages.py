"""The pages of people and organisations."""

from tests.accounts.people_pages import ELSEWHERE as PEOPLE_ELSEWHERE
from tests.accounts.people_pages import PAGES as PEOPLE_PAGES
from tests.browser.pages import REVIEWING, Page

PAGES = [
    *PEOPLE_PAGES,
    Page("account_change_password", "/tai-khoan/password/change/"),
    Page("entry_list", "/quan-tri/nhat-ky/", REVIEWING),
    Page("entry_list", "/quan-tri/nhat-ky/?q=khongcotunay", REVIEWING),
    Page("entry_list", "/quan-tri/nhat-ky/?since=02/03/2026&until=01/03/2026", REVIEWING),
    Page("entry_detail", "/quan-tri/nhat-ky/1/", REVIEWING),
    Page("access_review", "/quan-tri/quyen/", REVIEWING),
    Page("access_review", "/quan-tri/quyen/?state=idle", REVIEWING),
]

ELSEWHERE = {*PEOPLE_ELSEWHERE}
