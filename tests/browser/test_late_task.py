"""A leader at a phone follows what is late from the overview to the records, and prints it."""

import pytest
from playwright.sync_api import Browser

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit, follow, press
from tests.processes import manage

pytestmark = pytest.mark.browser

LEADERSHIP = next(one for one in DEMO_ACCOUNTS if one.role == Role.LEADERSHIP)
PREPARE = """
import datetime as dt
from programs.models import Indicator, Output, Task
Task.objects.filter(code="B2.2.5").update(
    measure_key="outputs_issued", measure_parameters={"indicator": "K13"}
)
indicator = Indicator.objects.get(code="K13")
Output.objects.create(indicator=indicator, name="Sổ theo dõi", issued_on=dt.date(2026, 2, 1))
"""


def test_a_late_task_is_followed_to_its_records_and_back(
    chromium: Browser, portal: str, own_database: str
) -> None:
    done = manage("shell", "--no-imports", "-c", PREPARE, database=own_database)
    assert done.returncode == 0, done.stderr
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(LEADERSHIP)
        page.goto(f"{portal}/tong-quan/?ngay=14/06/2026")
        assert "nhiệm vụ chậm" in page.locator("h1").inner_text()
        visit.check_here()
        page.set_viewport_size({"width": 360, "height": 740})
        row = page.locator("#cham tr", has_text="B2.2.5")
        assert "Sở KH&CN" in row.inner_text()
        follow(row.get_by_role("link", name="1", exact=True))
        page.wait_for_url("**/nhiem-vu/B2.2.5/can-cu/2026-06-14/tu-so/")
        assert page.locator("#list-result tbody tr").count() == 1
        assert page.get_by_role("link", name="Sổ theo dõi").is_visible()
        visit.check_here()
        follow(page.locator(".breadcrumb a", has_text="B2.2.5"))
        page.wait_for_url("**/nhiem-vu/B2.2.5/?ngay=14/06/2026")
        assert "đã thực hiện 1 trên 100 doanh nghiệp" in page.locator(".lead").inner_text()
        visit.check_here()
        page.go_back()
        page.go_back()
        tasks = page.locator("h1 a", has_text="nhiệm vụ")
        number = tasks.inner_text().split()[0]
        follow(tasks)
        page.wait_for_url("**/nhiem-vu/?**status=late**")
        assert page.locator("#list-result tbody tr").count() == int(number)
        assert visit.complaints == []


def test_the_overview_prints_without_the_frame_of_the_portal(
    chromium: Browser, portal: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(LEADERSHIP)
        page.goto(f"{portal}/tong-quan/?ngay=14/06/2026")
        page.evaluate("window.print = () => { window.printed = true; }")
        press(page.get_by_role("button", name="In trang này"))
        assert page.evaluate("window.printed") is True
        page.emulate_media(media="print")
        for hidden in (".sidebar", ".topbar", ".as-at", "[data-print]"):
            assert not page.locator(hidden).first.is_visible(), hidden
        assert "191/KH-UBND" in page.locator(".page-heading .code").inner_text()
        assert "Số liệu đến ngày 14/06/2026" in page.locator(".lead").inner_text()
        assert page.locator("#cham").is_visible()
