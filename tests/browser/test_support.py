"""From a selected enterprise to the closed case, its number on the overview, and in the report."""

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from accounts.demo import DEMO_ACCOUNTS, DemoAccount
from tests.browser.conftest import Worker
from tests.browser.test_nomination import ACCOUNTS, button, link, refused, write
from tests.browser.visits import Visit, follow, press
from tests.enterprises import support_samples as samples

pytestmark = pytest.mark.browser

WAITING = "/ho-tro/?waiting=agreement"


class Cast:
    """Three people at the portal, each in a browser of their own."""

    def __init__(self, chromium: Browser, portal: str, stack: ExitStack) -> None:
        def visit(account: DemoAccount) -> Visit:
            made = Visit(stack.enter_context(chromium.new_context(accept_downloads=True)), portal)
            made.log_in(account)
            return made

        self.officer = visit(ACCOUNTS["chuyenvien"])
        self.lead = visit(ACCOUNTS["lanhdao.so"])
        self.leadership = visit(ACCOUNTS["lanhdao.tinh"])


@pytest.fixture
def cast(chromium: Browser, portal: str) -> Iterator[Cast]:
    """Everybody."""
    assert DEMO_ACCOUNTS
    with ExitStack() as stack:
        yield Cast(chromium, portal, stack)


def says(visit: Visit, text: str) -> None:
    """The heading of the page says this, and nothing is wrong with it."""
    visit.page.locator("h1", has_text=text).wait_for()
    visit.check_here()


def returned(visit: Visit) -> str:
    """The lead returns the agreement that waits; returns the address of the case."""
    page = visit.page
    page.goto(f"{visit.portal}{WAITING}")
    visit.check_here()
    follow(page.locator("#list-result tbody a").first)
    says(visit, "chưa thỏa thuận")
    case = page.url
    link(page, "Trả lại thỏa thuận")
    button(page, "Trả lại")
    refused(visit)
    write(page, "reason", "Ghi rõ phần đối ứng của doanh nghiệp.")
    button(page, "Trả lại")
    page.get_by_text("Ghi rõ phần đối ứng").first.wait_for()
    visit.check_here()
    return case


def mended(visit: Visit, case: str) -> None:
    """The officer mends it: first with shares that do not add up."""
    page = visit.page
    page.goto(case)
    link(page, "Chỉnh sửa thỏa thuận")
    visit.check_here()
    write(page, "agreement_number", "33/TT-SKHCN")
    write(page, "agreed_on", f"{samples.days(-90):%d/%m/%Y}")
    write(page, "total", "30.000.000")
    write(page, "state_share", "10.000.000")
    write(page, "enterprise_share", "15.000.000")
    button(page, "Trình thỏa thuận")
    refused(visit)
    assert "25.000.000 đồng" in page.locator(".errors").inner_text()
    write(page, "total", "25.000.000")
    button(page, "Trình thỏa thuận")
    page.get_by_text("Đã trình thỏa thuận").wait_for()


def approved(visit: Visit, case: str) -> None:
    """The lead looks at it and approves."""
    page = visit.page
    page.goto(case)
    link(page, "Phê duyệt thỏa thuận")
    visit.check_here()
    button(page, "Phê duyệt thỏa thuận")
    says(visit, "chưa triển khai")


def carried_out(visit: Visit, case: str) -> None:
    """Begun, a milestone done, an outcome entered, the acceptance proposed."""
    page = visit.page
    page.goto(case)
    link(page, "Ghi nhận ngày bắt đầu")
    visit.check_here()
    write(page, "on", f"{samples.days(-80):%d/%m/%Y}")
    button(page, "Ghi nhận ngày bắt đầu")
    says(visit, "đang thực hiện")
    link(page, "Thêm mốc công việc")
    button(page, "Lưu")
    refused(visit)
    write(page, "title", "Hoàn thành bộ tài liệu")
    write(page, "due_on", f"{samples.days(10):%d/%m/%Y}")
    button(page, "Lưu")
    follow(page.get_by_role("link", name="Ghi nhận hoàn thành").first)
    visit.check_here()
    button(page, "Lưu")
    page.get_by_text("hoàn thành").first.wait_for()
    enterprise = page.locator(".facts a[href*='/doanh-nghiep/']").first.get_attribute("href")
    number = (enterprise or "").strip("/").rpartition("/")[2]
    page.goto(f"{visit.portal}{reverse('productivity_project_add', args=[number])}")
    page.locator("main select[name=kind]").select_option("project")
    write(page, "valid_from", f"{samples.days(-20):%d/%m/%Y}")
    button(page, "Lưu")
    page.goto(case)
    link(page, "Trình nghiệm thu")
    visit.check_here()
    write(page, "acceptance_number", "09/BB-NT")
    write(page, "accepted_on", f"{samples.days(-81):%d/%m/%Y}")
    button(page, "Trình nghiệm thu")
    refused(visit)
    projects = page.locator("main select[name=outcome] option[value^='project:']")
    page.locator("main select[name=outcome]").select_option(projects.last.get_attribute("value"))
    button(page, "Trình nghiệm thu")
    refused(visit)
    write(page, "accepted_on", f"{samples.days(-1):%d/%m/%Y}")
    button(page, "Trình nghiệm thu")
    page.get_by_text("Đã trình nghiệm thu").wait_for()


def accepted(visit: Visit, case: str) -> None:
    """The lead accepts."""
    page = visit.page
    page.goto(case)
    link(page, "Phê duyệt nghiệm thu")
    visit.check_here()
    button(page, "Phê duyệt nghiệm thu")
    says(visit, "nghiệm thu ngày")


def closed(visit: Visit, case: str) -> tuple[str, str]:
    """The officer closes the case; returns the names of its enterprise and task."""
    page = visit.page
    page.goto(case)
    link(page, "Đóng hồ sơ")
    visit.check_here()
    button(page, "Đóng hồ sơ")
    says(visit, "đóng hồ sơ ngày")
    name, code = page.locator("h1").inner_text().split(", ")[:2]
    return name, code.partition(":")[0]


def on_the_overview(page: Page, portal: str) -> int:
    """Return how many enterprises with accepted support the overview shows."""
    page.goto(f"{portal}/tong-quan/")
    found = page.locator("main a.figure[href*='/ho-tro/'][href*='state=counted']").first
    return int(re.sub(r"\D", "", found.inner_text().split()[0]))


def done_in_report(visit: Visit, worker: Worker, code: str) -> object:
    """Return what the workbook of the annual report says was done for a task."""
    page = visit.page
    page.goto(f"{visit.portal}/bao-cao/")
    page.locator("main select[name=year]").select_option("2026")
    follow(page.get_by_role("button", name="Lập báo cáo"))
    page.wait_for_url("**/bao-cao/*/")
    worker()
    page.get_by_role("heading", name="đã hoàn thành").wait_for(timeout=60_000)
    with page.expect_download() as download:
        press(page.get_by_role("link", name="Excel"))
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = list(book["PL2 Nhiệm vụ"].iter_rows(values_only=True))
    heads = next(row for row in rows if "Thực hiện" in row)
    return next(row for row in rows if row[0] == code)[heads.index("Thực hiện")]


def test_from_the_selection_to_the_overview_and_the_report(cast: Cast, worker: Worker) -> None:
    reader = cast.leadership.page
    before = on_the_overview(reader, cast.leadership.portal)
    case = returned(cast.lead)
    mended(cast.officer, case)
    approved(cast.lead, case)
    carried_out(cast.officer, case)
    accepted(cast.lead, case)
    name, code = closed(cast.officer, case)
    assert on_the_overview(reader, cast.leadership.portal) == before + 1
    cast.leadership.check_here()
    follow(reader.locator("main a.figure[href*='/ho-tro/'][href*='state=counted']").first)
    reader.wait_for_url("**/ho-tro/**")
    cast.leadership.check_here()
    assert reader.locator("#list-result", has_text=name).count() == 1
    reader.goto(f"{cast.leadership.portal}/ke-hoach/191/nhiem-vu/{code}/")
    cast.leadership.check_here()
    shown = reader.locator("main a.figure[href*='state=counted']").first.inner_text()
    assert done_in_report(cast.officer, worker, code) == int(re.sub(r"\D", "", shown.split()[0]))
    for visit in (cast.officer, cast.lead, cast.leadership):
        assert visit.complaints == []
