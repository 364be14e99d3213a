"""From asking for a report to its files, by keyboard, leaving and coming back in the middle."""

import psycopg2
import pytest
from playwright.sync_api import Browser

from accounts.demo import DEMO_ACCOUNTS
from tests.browser.conftest import Worker
from tests.browser.visits import Visit, follow, press
from tests.processes import database_url

pytestmark = pytest.mark.browser

OFFICER = DEMO_ACCOUNTS[0]


def ask(visit: Visit, year: str) -> None:
    """Ask for the report of a year."""
    visit.page.goto(f"{visit.portal}/bao-cao/")
    visit.page.locator("main select[name=year]").select_option(year)
    follow(visit.page.get_by_role("button", name="Lập báo cáo"))
    visit.page.wait_for_url("**/bao-cao/*/")


def test_a_report_is_asked_for_left_alone_and_found_finished(
    chromium: Browser, portal: str, worker: Worker
) -> None:
    with chromium.new_context(accept_downloads=True) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(OFFICER)
        ask(visit, "2026")
        assert page.get_by_text("đang chờ xử lý").first.is_visible()
        assert page.locator("main svg.bar").is_visible()
        visit.check_here()
        page.goto(f"{portal}/tong-quan/")
        worker()
        page.goto(f"{portal}/bao-cao/")
        follow(page.get_by_role("link", name="Báo cáo năm 2026"))
        page.get_by_role("heading", name="Báo cáo năm 2026: đã hoàn thành").wait_for(timeout=60_000)
        visit.check_here()
        for name, start in (("PDF", b"%PDF-"), ("Word", b"PK"), ("Excel", b"PK")):
            with page.expect_download() as download:
                press(page.get_by_role("link", name=name))
            assert download.value.path().read_bytes().startswith(start)
        follow(page.get_by_role("link", name="Đọc báo cáo tại đây"))
        page.wait_for_url("**/xem/")
        assert "Ba mươi lăm tỷ một trăm triệu đồng" in page.locator("main").inner_text()
        visit.check_here()
        assert visit.complaints == []


def test_a_report_that_failed_says_what_to_do(
    chromium: Browser, portal: str, own_database: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(OFFICER)
        ask(visit, "2027")
        server = psycopg2.connect(database_url(own_database))
        with server, server.cursor() as cursor:
            cursor.execute(
                "UPDATE reports_reportrun SET failed_at = now(), error = 'Tệp PDF chưa xong.'"
                " WHERE finished_at IS NULL"
            )
        server.close()
        visit.page.reload()
        assert "Tệp PDF chưa xong." in visit.page.locator("main").inner_text()
        visit.check_here()
        follow(visit.page.get_by_role("button", name="Lập lại"))
        visit.page.get_by_text("đang chờ xử lý").first.wait_for()


def test_progress_is_shown_without_javascript(chromium: Browser, portal: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        visit = Visit(context, portal)
        visit.log_in(OFFICER)
        ask(visit, "2028")
        assert visit.page.locator("meta[http-equiv=refresh]").count() == 1
        assert visit.page.locator("main svg.bar").is_visible()
