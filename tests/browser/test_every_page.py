"""Every page as every role, wide and narrow, with and without JavaScript: nothing is wrong."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount

pytestmark = pytest.mark.browser

WIDTHS = (1280, 360)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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
    "/tai-khoan/password/change/",
]
OPEN_PAGES = ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/inactive/"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


class Visit:
    """A person at the portal, whose browser's complaints are kept."""

    def __init__(self, context: BrowserContext, portal: str) -> None:
        self.page: Page = context.new_page()
        self.portal = portal
        self.complaints: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def log_in(self, account: DemoAccount) -> None:
        """Log in as a demo account through the form."""
        self.page.goto(f"{self.portal}/tai-khoan/login/")
        self.page.get_by_label("email", exact=False).first.fill(account.email)
        self.page.locator("input[type=password]").fill(DEMO_PASSWORD)
        self.page.locator("main button").first.click()
        self.page.wait_for_url("**/tong-quan/")

    def check(self, path: str, *, axe: bool) -> None:
        """Open a page at each width and look for anything wrong."""
        self.complaints.clear()
        self.page.goto(f"{self.portal}{path}")
        assert self.page.locator("h1").count() == 1, path
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            found = self.page.evaluate("document.documentElement.scrollWidth")
            assert found <= width, f"{path} is {found} px wide at {width} px"
            if axe:
                told = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": TAGS}})
                assert told.violations_count == 0, f"{path}, {width} px: {told.generate_report()}"
        assert self.complaints == [], path


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.email)
def test_every_page_as_this_role(account: DemoAccount, chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(account)
        for path in PAGES:
            visit.check(path, axe=True)


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.email)
def test_every_page_without_javascript(
    account: DemoAccount, chromium: Browser, portal: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        visit = Visit(context, portal)
        visit.log_in(account)
        for path in PAGES:
            visit.check(path, axe=False)


def test_pages_before_the_login(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        for path in OPEN_PAGES:
            visit.check(path, axe=True)


def test_a_failed_login_says_so_first_and_keeps_the_address(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{portal}/tai-khoan/login/")
        page.locator("input[name=login]").fill("khong.co@vidu.invalid")
        page.locator("input[type=password]").fill("sai-mat-khau-hoan-toan")
        page.locator("main button").first.click()
        page.wait_for_load_state()
        assert page.title().startswith("Lỗi:")
        assert page.locator("[role=alert]").is_visible()
        assert page.locator("input[name=login]").input_value() == "khong.co@vidu.invalid"
        told = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert told.violations_count == 0, told.generate_report()


def test_a_page_that_is_not_there_says_what_to_do(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(DEMO_ACCOUNTS[0])
        answer = visit.page.goto(f"{portal}/ke-hoach/khong-co/")
        assert answer is not None
        assert answer.status == 404
        told = Axe().run(visit.page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert told.violations_count == 0, told.generate_report()


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
