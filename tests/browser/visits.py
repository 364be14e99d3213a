"""A person at the portal, in Debian's Chromium."""

import hashlib
import re
from pathlib import Path
from typing import ClassVar

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

from accounts.demo import DEMO_PASSWORD, DemoAccount

WIDTHS = (1280, 360)
# Roles often see the very same page: its content is opened and examined once in a run of the tests,
# and the frame around it for each visit.
CONTENT = """
document.querySelector("main").outerHTML.replaceAll(
    /(name="(?:csrfmiddlewaretoken|form_of)" value=")[^"]*/g, "$1")
"""
EXAMINE = Path(__file__).with_name("examine.js").read_text()
# What differs between two answers although people see the same.
PASSING = re.compile(r'(?<="csrfmiddlewaretoken" value=")[^"]*|(?<="form_of" value=")[^"]*')
OF_THE_ADDRESS = re.compile(r'<title>[^<]*|(?<=\?next=)[^"]*| aria-current="page"')
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of what is in order axe says nothing: that alone halves its time.
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


class Visit:
    """A person at the portal, whose browser's complaints are kept."""

    examined: Path
    looks: ClassVar[set[str]] = set()

    def __init__(self, context: BrowserContext, portal: str) -> None:
        self.page: Page = context.new_page()
        self.portal = portal
        self.complaints: list[str] = []
        self.frame_examined = False
        self.first_links: dict[tuple[str, str], str] = {}
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def log_in(self, account: DemoAccount) -> None:
        """Log in as a demo account through the form."""
        self.page.goto(f"{self.portal}/tai-khoan/login/")
        self.page.locator("input[name=login]").fill(account.email)
        self.page.locator("input[type=password]").fill(DEMO_PASSWORD)
        self.page.locator("main button").first.click()
        self.page.wait_for_url("**/viec-cua-toi/")

    def check(self, path: str, *, axe: bool) -> None:
        """Open a page at each width and look for anything wrong."""
        self.complaints.clear()
        self.page.goto(f"{self.portal}{path}")
        assert self.page.evaluate("document.querySelectorAll('h1').length") == 1, path
        self.check_here(axe=axe)
        assert self.complaints == [], path

    def check_once(self, path: str, *, axe: bool) -> None:
        """Check a page unless this very content, and this frame around it, was checked before."""
        answer = self.page.request.get(f"{self.portal}{path}")
        assert answer.ok, path
        before, _, rest = PASSING.sub("", answer.text()).partition("<main")
        content, _, after = rest.partition("</main>")
        frame = OF_THE_ADDRESS.sub("", before + after)
        new_content = self._is_first(f"{axe} {content}")
        if self._is_first(f"{axe} {frame}") or new_content:
            self.check(path, axe=axe)

    def _is_first(self, text: str) -> bool:
        """Whether nobody in this run of the tests has come upon this text."""
        try:
            (self.examined / hashlib.sha256(text.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _is_new(self) -> bool:
        """Whether axe has not examined this content yet, or not the frame of this visit."""
        new = self._is_first(self.page.evaluate(CONTENT)) or not self.frame_examined
        self.frame_examined = True
        return new

    def _examine(self) -> AxeResults:
        """What axe finds on the page at its present width."""
        found = self.page.evaluate(EXAMINE, {"options": RULES, "measured": [*self.looks]})
        self.looks.update(found["looks"])
        return AxeResults(found)

    def check_here(self, *, axe: bool = True) -> None:
        """Look for anything wrong on the page that is open, at each width."""
        self.page.wait_for_load_state()
        axe = axe and self._is_new()
        if axe:
            self.page.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            found = self.page.evaluate("document.documentElement.scrollWidth")
            assert found <= width, f"{self.page.url} is {found} px wide at {width} px"
            if axe:
                told = self._examine()
                assert told.violations_count == 0, (
                    f"{self.page.url}, {width} px: {told.generate_report()}"
                )


def press(control: Locator) -> None:
    """Use a link or button as someone without a mouse does."""
    control.focus()
    control.press("Enter")


def follow(control: Locator) -> None:
    """Use a link or button by keyboard, and wait until the page that it brings has loaded.

    Playwright itself waits for the beginning of the answer only: whoever read the title or counted
    rows then, might find nothing yet, or the page before.
    """
    with control.page.expect_navigation():
        press(control)


def click(control: Locator) -> None:
    """Click a link or button, and wait until the page that it brings has loaded."""
    with control.page.expect_navigation():
        control.click()
