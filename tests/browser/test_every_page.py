"""Every page as every role, wide and narrow, with and without JavaScript: nothing is wrong."""

import pytest
from django.urls import resolve
from playwright.sync_api import Browser

from accounts.demo import DEMO_ACCOUNTS, DemoAccount
from accounts.selectors import REVIEWERS
from tests.browser.visits import Visit
from tests.house.test_layers import own_addresses

pytestmark = pytest.mark.browser

PAGES = [
    "/tong-quan/",
    "/ke-hoach/191/",
    "/ke-hoach/191/muc-tieu/",
    "/ke-hoach/191/noi-dung/",
    "/ke-hoach/191/kinh-phi/",
    "/ke-hoach/191/trach-nhiem/",
    "/ke-hoach/191/diem-chua-ro/",
    "/ke-hoach/191/nhiem-vu/",
    "/ke-hoach/191/nhiem-vu/?q=khongcotunay",
    "/ke-hoach/191/nhiem-vu/?phase=P9",
    "/ke-hoach/191/nhiem-vu/B1.2.7/",
    "/ke-hoach/191/chi-tieu/",
    "/ke-hoach/191/chi-tieu/K06/",
    "/tim-kiem/",
    "/tim-kiem/?q=dac+san",
    "/tim-kiem/?q=khongcotunay",
    "/bao-cao/",
    "/bao-cao/?year=2020",
    "/tai-khoan/password/change/",
]
REVIEWER_PAGES = [
    "/quan-tri/nhat-ky/",
    "/quan-tri/nhat-ky/?q=khongcotunay",
    "/quan-tri/nhat-ky/?since=02/03/2026&until=01/03/2026",
    "/quan-tri/nhat-ky/1/",
    "/quan-tri/quyen/",
    "/quan-tri/quyen/?state=idle",
]
# Addresses that are no page of their own, or that test_report.py opens step by step.
ELSEWHERE = {
    "health",
    "home",
    "plan_current",
    "report_file_download",
    "report_run_ask",
    "report_run_detail",
    "report_run_preview",
    "report_run_progress",
    "report_run_restart",
}
OPEN_PAGES = ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/inactive/"]


def pages_of(account: DemoAccount) -> list[str]:
    """The pages that this role may open."""
    return [*PAGES, *REVIEWER_PAGES] if account.role in REVIEWERS else PAGES


def test_every_address_is_opened_here_or_named_above() -> None:
    opened = {resolve(path.partition("?")[0]).url_name for path in (*PAGES, *REVIEWER_PAGES)}
    own = {pattern.name for pattern in own_addresses()}
    assert own - opened == ELSEWHERE


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.email)
def test_every_page_as_this_role(account: DemoAccount, chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(account)
        for path in pages_of(account):
            visit.check(path, axe=True)


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.email)
def test_every_page_without_javascript(
    account: DemoAccount, chromium: Browser, portal: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        visit = Visit(context, portal)
        visit.log_in(account)
        for path in pages_of(account):
            visit.check(path, axe=False)


def test_pages_before_the_login(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        for path in OPEN_PAGES:
            visit.check(path, axe=True)


def test_a_failed_login_says_so_first_and_keeps_the_address(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        page.goto(f"{portal}/tai-khoan/login/")
        page.locator("input[name=login]").fill("khong.co@vidu.invalid")
        page.locator("input[type=password]").fill("sai-mat-khau-hoan-toan")
        page.locator("main button").first.click()
        page.wait_for_load_state()
        assert page.title().startswith("Lỗi:")
        assert page.locator("[role=alert]").is_visible()
        assert page.locator("input[name=login]").input_value() == "khong.co@vidu.invalid"
        visit.check_here()


def test_a_page_that_is_not_there_says_what_to_do(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(DEMO_ACCOUNTS[0])
        answer = visit.page.goto(f"{portal}/ke-hoach/khong-co/")
        assert answer is not None
        assert answer.status == 404
        visit.check_here()


@pytest.mark.parametrize(
    "account",
    [account for account in DEMO_ACCOUNTS if account.role not in REVIEWERS],
    ids=lambda account: account.email,
)
def test_pages_of_reviewers_are_not_there_for_this_role(
    account: DemoAccount, chromium: Browser, portal: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(account)
        for path in REVIEWER_PAGES:
            answer = visit.page.goto(f"{portal}{path}")
            assert answer is not None
            assert answer.status == 404, path
        assert visit.page.locator("a[href^='/quan-tri/']").count() == 0


def test_a_live_filter_narrows_the_list_while_typing(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(DEMO_ACCOUNTS[0])
        visit.page.goto(f"{portal}/ke-hoach/191/nhiem-vu/")
        visit.page.locator("#list-filter input[name=q]").press_sequentially("haccp")
        visit.page.wait_for_url("**q=haccp*")
        visit.page.wait_for_function(
            "document.querySelectorAll('#list-result tbody tr').length < 10"
        )
        assert "HACCP" in visit.page.locator("#list-result").inner_text()
        assert visit.complaints == []


def test_the_whole_way_by_keyboard(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(DEMO_ACCOUNTS[0])
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.hash") == "#main"
        visit.page.locator("input[name=q]").first.focus()
        visit.page.keyboard.type("K18")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/tim-kiem/?q=K18")
        visit.page.get_by_role("link", name="K18").first.focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/chi-tieu/K18/")
