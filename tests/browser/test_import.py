"""The office's Excel, from the template to the undoing, leaving and coming back in the middle."""

import io

import openpyxl
import pytest
from playwright.sync_api import Browser, Download, FilePayload

from accounts.demo import DEMO_ACCOUNTS
from tests.browser.conftest import Worker
from tests.browser.visits import Visit, follow, press
from tests.enterprises.factories import tax_code
from tests.workbooks import saved, workbook

pytestmark = pytest.mark.browser

OFFICER = DEMO_ACCOUNTS[0]
HEADS = ["Mã số thuế", "Tên doanh nghiệp"]


def choose(visit: Visit, content: bytes, name: str = "danh-sach.xlsx") -> None:
    """Choose a file and have it checked."""
    visit.page.goto(f"{visit.portal}/nhap-du-lieu/")
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    visit.page.locator("main input[type=file]").set_input_files(file)
    follow(visit.page.get_by_role("button", name="Kiểm tra tệp"))


def taken(visit: Visit, link: str) -> openpyxl.Workbook:
    """Download a workbook by its link."""
    with visit.page.expect_download() as download:
        press(visit.page.get_by_role("link", name=link))
    got: Download = download.value
    return openpyxl.load_workbook(io.BytesIO(got.path().read_bytes()))


def test_the_whole_way_of_a_workbook(chromium: Browser, portal: str, worker: Worker) -> None:
    first, second = tax_code(), tax_code()
    with chromium.new_context(accept_downloads=True) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(OFFICER)
        page.goto(f"{portal}/nhap-du-lieu/")
        book = taken(visit, "Tải tệp mẫu")
        for row in ([first, "Công ty Một"], [second, "Công ty Hai"], ["0100233480", "Sai mã"]):
            book["DoanhNghiep"].append(row)
        choose(visit, saved(book))
        assert page.get_by_text("đang chờ xử lý").first.is_visible()
        visit.check_here()
        page.goto(f"{portal}/tong-quan/")
        worker()
        page.goto(f"{portal}/nhap-du-lieu/")
        follow(page.get_by_role("link", name="danh-sach.xlsx"))
        page.get_by_role("heading", name="2 dòng mới, 0 dòng thay đổi, 1 dòng lỗi").wait_for()
        visit.check_here()
        page.locator("select[name=outcome]").select_option("wrong")
        page.wait_for_url("**outcome=wrong*")
        page.wait_for_function("document.querySelectorAll('#list-result tbody tr').length == 1")
        assert "sai số kiểm tra" in page.locator("#list-result").inner_text()
        marked = taken(visit, "Tải tệp đã đánh dấu lỗi")
        assert "sai số kiểm tra" in marked["DoanhNghiep"]["A5"].comment.text
        follow(page.get_by_role("button", name="Chỉ nhập 2 dòng đúng"))
        page.get_by_role("heading", name="danh-sach.xlsx: đã nhập").wait_for()
        assert "2 bản ghi thay đổi" in page.locator("main").inner_text()
        visit.check_here()
        choose(visit, workbook({"DoanhNghiep": [HEADS, [first, "Tên mới"]]}), "lan-hai.xlsx")
        page.get_by_role("heading", name="lan-hai.xlsx: 0 dòng mới, 1 dòng thay đổi").wait_for()
        assert "Công ty Một → Tên mới" in page.locator("#list-result").inner_text()
        visit.check_here()
        follow(page.get_by_role("button", name="Nhập cả 1 dòng"))
        follow(page.get_by_role("button", name="Hoàn tác lần nhập này"))
        page.get_by_role("heading", name="lan-hai.xlsx: đã hoàn tác").wait_for()
        visit.check_here()
        assert visit.complaints == []


def test_a_wrong_file_is_told_at_the_field_without_javascript_too(
    chromium: Browser, portal: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        visit = Visit(context, portal)
        visit.log_in(OFFICER)
        choose(visit, b"%PDF-1.7", "so-lieu.xlsx")
        assert visit.page.title().startswith("Lỗi:")
        assert visit.page.locator("main [role=alert]").is_visible()
        choose(visit, workbook({"DoanhNghiep": [HEADS, [tax_code(), "A"]]}))
        assert visit.page.locator("meta[http-equiv=refresh]").count() == 1
        assert visit.page.locator("main svg.bar").is_visible()
