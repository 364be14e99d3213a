"""From the overview to an indicator, the list behind its figure, an enterprise, and back."""

import re

import pytest
from playwright.sync_api import Browser, Page

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit, follow, press

pytestmark = pytest.mark.browser

LEADERSHIP = next(one for one in DEMO_ACCOUNTS if one.role == Role.LEADERSHIP)


def by_menu(page: Page, name: str) -> None:
    """Open the menu of a narrow window and follow an entry."""
    press(page.locator("summary", has_text="Danh mục"))
    follow(page.get_by_role("link", name=name).first)


def test_a_figure_is_followed_to_the_enterprise_and_back(chromium: Browser, portal: str) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(LEADERSHIP)
        by_menu(page, "Tổng quan")
        page.wait_for_url("**/tong-quan/")
        visit.check_here()
        follow(page.locator("main a[href*='/chi-tieu/K20/']").first)
        page.wait_for_url("**/chi-tieu/K20/**")
        visit.check_here()
        among = re.search(r"(\d+) trên (\d+)", page.locator(".lead").first.inner_text())
        assert among
        follow(page.locator("main a[href*='/bang-chung/'][href*='/tu-so/']").first)
        page.wait_for_url("**/bang-chung/**/tu-so/**")
        visit.check_here()
        evidence = page.url
        rows = page.locator("#list-result tbody tr")
        assert rows.count() == min(int(among[1]), 50)
        first = rows.first.locator("a").first
        name = first.inner_text()
        follow(first)
        page.wait_for_url("**/doanh-nghiep/**")
        assert name in page.locator("h1").inner_text()
        visit.check_here()
        page.go_back()
        assert page.url == evidence
        follow(page.locator("nav.breadcrumb a, .breadcrumb a", has_text="K20"))
        page.wait_for_url("**/chi-tieu/K20/**")
        by_menu(page, "Tổng quan")
        page.wait_for_url("**/tong-quan/")
        # The address of the list lasts: opened another day it shows the same records.
        page.goto(evidence)
        assert page.locator("#list-result tbody tr").count() == min(int(among[1]), 50)
        assert visit.complaints == []
