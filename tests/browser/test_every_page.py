"""Every page as every role, wide and narrow, with and without JavaScript: nothing is wrong."""

from collections.abc import Iterator

import pytest
from django.urls import resolve
from playwright.sync_api import Browser

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS, DemoAccount
from tests.browser.pages import all_pages, elsewhere
from tests.browser.visits import Visit, click
from tests.house.test_layers import own_addresses

pytestmark = pytest.mark.browser

OPEN_PAGES = [
    "/tai-khoan/login/",
    "/tai-khoan/login/?ended=idle&next=/tong-quan/",
    "/tai-khoan/password/reset/",
    "/tai-khoan/inactive/",
    "/tai-khoan/mo-lai/",
    "/tai-khoan/mo-lai/da-gui/",
]


def test_every_address_is_opened_here_or_named_elsewhere() -> None:
    opened = {page.name for page in all_pages()}
    own = {pattern.name for pattern in own_addresses()}
    assert own - opened == elsewhere()


def test_every_page_is_at_the_address_of_its_name() -> None:
    for page in all_pages():
        if isinstance(page.path, str):
            assert resolve(page.path.partition("?")[0]).url_name == page.name


@pytest.fixture(scope="module", params=DEMO_ACCOUNTS, ids=lambda account: account.email)
def as_role(
    request: pytest.FixtureRequest, chromium: Browser, portal: str
) -> Iterator[tuple[Role, Visit]]:
    """A person of each role, logged in."""
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(request.param)
        yield request.param.role, visit


def test_every_page_as_this_role(as_role: tuple[Role, Visit]) -> None:
    role, visit = as_role
    for page in all_pages():
        if role in page.roles:
            visit.check_once(page.address(visit), axe=True)


def test_pages_of_others_are_not_there_for_this_role(as_role: tuple[Role, Visit]) -> None:
    role, visit = as_role
    for page in all_pages():
        if role not in page.roles and isinstance(page.path, str):
            answer = visit.page.request.get(f"{visit.portal}{page.path}")
            assert answer.status in {403, 404}, page.path


# A programme lead, a unit officer and an administrator see every page between them.
WITHOUT_JAVASCRIPT = [
    next(account for account in DEMO_ACCOUNTS if account.role == role)
    for role in (Role.PROGRAMME_LEAD, Role.UNIT_OFFICER, Role.ADMINISTRATOR)
]


@pytest.mark.parametrize("account", WITHOUT_JAVASCRIPT, ids=lambda account: account.email)
def test_every_page_without_javascript(
    account: DemoAccount, chromium: Browser, portal: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        visit = Visit(context, portal)
        visit.log_in(account)
        for page in all_pages():
            if account.role in page.roles:
                visit.check(page.address(visit), axe=False)


def test_the_three_see_every_page_between_them() -> None:
    seen = {account.role for account in WITHOUT_JAVASCRIPT}
    assert all(seen & page.roles for page in all_pages())


def test_pages_before_the_login(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        for path in OPEN_PAGES:
            visit.check(path, axe=True)


CATALOGUES = ["", "accounts/", "accounts/administrativearea/", "accounts/administrativearea/?q=xa"]


def test_the_catalogues_of_the_admin_keep_the_content_policy(
    chromium: Browser, portal: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(DEMO_ACCOUNTS[-1])
        for path in CATALOGUES:
            visit.check(f"/quan-tri/danh-muc/{path}", axe=True)


def test_a_failed_login_says_so_first_and_keeps_the_address(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        page.goto(f"{portal}/tai-khoan/login/")
        page.locator("input[name=login]").fill("khong.co@vidu.invalid")
        page.locator("input[type=password]").fill("sai-mat-khau-hoan-toan")
        click(page.locator("main button").first)
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
