"""From the opening of a round to the selection, by keyboard only, right and wrong, each step."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Locator, Page

from accounts.demo import DEMO_ACCOUNTS, DemoAccount
from tests.browser.visits import Visit, follow
from tests.enterprises import nomination_samples as samples

pytestmark = pytest.mark.browser

ACCOUNTS = {account.email.partition("@")[0]: account for account in DEMO_ACCOUNTS}
TITLE = "Đợt thử bàn phím"


class Cast:
    """Three people at the portal, each in a browser of their own."""

    def __init__(self, chromium: Browser, portal: str, stack: ExitStack) -> None:
        def visit(account: DemoAccount) -> Visit:
            made = Visit(stack.enter_context(chromium.new_context()), portal)
            made.log_in(account)
            return made

        self.officer = visit(ACCOUNTS["chuyenvien"])
        self.lead = visit(ACCOUNTS["lanhdao.so"])
        self.unit = visit(ACCOUNTS["congthuong"])


@pytest.fixture
def cast(chromium: Browser, portal: str) -> Iterator[Cast]:
    """Everybody."""
    with ExitStack() as stack:
        yield Cast(chromium, portal, stack)


def write(page: Page, name: str, text: str) -> None:
    """Type into a field, in the place of what stands there."""
    field = page.locator(f"main [name={name}]")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def tick(box: Locator) -> None:
    """Tick a box."""
    box.focus()
    box.press("Space")
    assert box.is_checked()


def choose(page: Page, name: str, text: str) -> None:
    """Choose an entry of a list by its first letters."""
    field = page.locator(f"main [name={name}]")
    field.focus()
    page.keyboard.type(text)
    assert text in field.locator("option:checked").inner_text()


def button(page: Page, name: str) -> None:
    """Press a button and wait for what comes."""
    follow(page.locator("main").get_by_role("button", name=name, exact=True).first)


def link(page: Page, name: str) -> None:
    """Follow a link and wait for what comes."""
    follow(page.locator("main").get_by_role("link", name=name, exact=True).first)


def refused(visit: Visit) -> None:
    """A form says what is wrong, on top and at its fields."""
    visit.page.locator(".errors").wait_for()
    assert visit.page.title().startswith("Lỗi:")
    visit.check_here()


def heading(visit: Visit, text: str) -> None:
    """The page says this."""
    visit.page.get_by_role("heading", level=1, name=text).wait_for()
    visit.check_here()


def round_opened(visit: Visit) -> str:
    """An officer prepares a round and opens it; returns its address."""
    page = visit.page
    page.goto(f"{visit.portal}/dot-de-cu/")
    link(page, "Chuẩn bị đợt")
    visit.check_here()
    button(page, "Lưu")
    refused(visit)
    write(page, "title", TITLE)
    write(page, "opens_on", f"{samples.days(0):%d/%m/%Y}")
    write(page, "closes_on", f"{samples.days(10):%d/%m/%Y}")
    write(page, "review_by", f"{samples.days(30):%d/%m/%Y}")
    write(page, "quota", "3")
    write(page, "criteria", "Có sản phẩm chủ lực.")
    tick(page.locator("main li").filter(has_text="B2.2.3").locator("input[name=tasks]"))
    button(page, "Lưu")
    heading(visit, f"{TITLE}: chưa có đề cử nào")
    address = page.url
    link(page, "Sửa đợt")
    visit.check_here()
    page.goto(address)
    link(page, "Mở đợt")
    heading(visit, f"Mở “{TITLE}”?")
    button(page, "Mở đợt")
    heading(visit, f"{TITLE}: chưa có đề cử nào")
    return address


def free_tax_code(page: Page, portal: str) -> str:
    """The tax code of a verified enterprise of the department that nobody has nominated."""
    page.goto(f"{portal}/doanh-nghiep/?state=existing&kind=enterprise&sort=-name")
    row = page.locator("#list-result tbody tr").filter(has=page.locator(".chip-good")).first
    return row.locator("td").first.inner_text().strip()


def nominated(visit: Visit, address: str) -> str:
    """An officer of a department nominates: first with gaps, then in full; returns the address."""
    page = visit.page
    code = free_tax_code(page, visit.portal)
    page.goto(address)
    heading(visit, f"{TITLE}: đơn vị của ông/bà còn 3 suất")
    link(page, "Đề cử doanh nghiệp")
    visit.check_here()
    button(page, "Kiểm tra trước khi nộp")
    refused(visit)
    choose(page, "task", "B2.2.3")
    write(page, "tax_code", code)
    page.locator("#tax-code-found").get_by_text("Có trong sổ").wait_for()
    write(page, "need", "Chứng nhận hợp quy cho sản phẩm.")
    button(page, "Kiểm tra trước khi nộp")
    refused(visit)
    assert page.locator("[name=need]").input_value() == "Chứng nhận hợp quy cho sản phẩm."
    write(page, "expected_cost", "100.000.000")
    write(page, "state_share", "40.000.000")
    write(page, "enterprise_share", "50.000.000")
    write(page, "commitment", "Đối ứng đủ.")
    write(page, "letter_number", "77/SCT")
    write(page, "letter_date", f"{samples.days(0):%d/%m/%Y}")
    letter = {"name": "cv.png", "mimeType": "image/png", "buffer": samples.PICTURE}
    page.locator("[name=letter]").set_input_files([letter])  # type: ignore[list-item]
    button(page, "Kiểm tra trước khi nộp")
    refused(visit)
    assert "90.000.000 đồng, không phải 100.000.000" in page.locator(".errors").inner_text()
    write(page, "enterprise_share", "60.000.000")
    button(page, "Kiểm tra trước khi nộp")
    page.get_by_role("heading", level=1, name="Kiểm tra trước khi nộp").wait_for()
    visit.check_here()
    button(page, "Nộp đề cử")
    page.get_by_text("Đã nộp:").first.wait_for()
    visit.check_here()
    return page.url


def returned_and_mended(cast: Cast, nomination: str) -> str:
    """An officer sends it back, the department mends it; returns the address of the dossier."""
    page = cast.officer.page
    page.goto(f"{cast.officer.portal}/ho-so-de-cu/")
    cast.officer.check_here()
    page.goto(nomination)
    link(page, "Mở hồ sơ")
    dossier = page.url
    cast.officer.check_here()
    follow(page.get_by_role("link", name="Trả lại để bổ sung"))
    button(page, "Trả lại")
    refused(cast.officer)
    tick(page.locator("[name=fields_to_mend][value=commitment]"))
    write(page, "reason", "Nêu rõ cán bộ phụ trách.")
    button(page, "Trả lại")
    page.get_by_text("Đã trả lại:").wait_for()
    unit = cast.unit.page
    unit.goto(nomination)
    cast.unit.check_here()
    link(unit, "Bổ sung")
    cast.unit.check_here()
    write(unit, "commitment", "Đối ứng đủ, cử kỹ sư phụ trách.")
    button(unit, "Kiểm tra trước khi nộp")
    button(unit, "Nộp đề cử")
    unit.get_by_text("Nộp lại").wait_for()
    return dossier


def selected(cast: Cast, address: str, dossier: str) -> None:
    """Shortlisted from the list, proposed, confirmed by the lead."""
    page = cast.officer.page
    number = address.rstrip("/").rpartition("/")[2]
    page.goto(f"{cast.officer.portal}/ho-so-de-cu/?round={number}&state=waiting")
    for box in page.locator("input[name=dossier]").all():
        tick(box)
    button(page, "Đưa vào sơ tuyển")
    cast.officer.check_here()
    button(page, "Đưa vào sơ tuyển")
    page.get_by_text("đã vào sơ tuyển").first.wait_for()
    page.goto(dossier)
    link(page, "Đề xuất chọn")
    cast.officer.check_here()
    button(page, "Đề xuất chọn")
    page.get_by_text("chờ người thứ hai xác nhận").wait_for()
    lead = cast.lead.page
    lead.goto(dossier)
    link(lead, "Không chọn")
    button(lead, "Không chọn")
    refused(cast.lead)
    link(lead, "Quay lại")
    link(lead, "Xác nhận chọn")
    cast.lead.check_here()
    button(lead, "Xác nhận chọn")
    lead.get_by_role("heading", level=1, name="được chọn").wait_for()
    cast.lead.check_here()


def decided(visit: Visit, address: str) -> None:
    """The decision on the selection is recorded, the round extended and closed."""
    page = visit.page
    page.goto(address)
    link(page, "Doanh nghiệp được chọn")
    visit.check_here()
    link(page, "Ghi quyết định")
    button(page, "Ghi quyết định")
    refused(visit)
    write(page, "number", "500/QĐ-SKHCN")
    write(page, "issued_on", f"{samples.days(0):%d/%m/%Y}")
    button(page, "Ghi quyết định")
    heading(visit, "1 doanh nghiệp được chọn theo quyết định")
    page.goto(address)
    link(page, "Gia hạn đợt")
    button(page, "Gia hạn đợt")
    refused(visit)
    write(page, "closes_on", f"{samples.days(15):%d/%m/%Y}")
    write(page, "reason", "Nhiều xã xin thêm ngày.")
    button(page, "Gia hạn đợt")
    page.get_by_text("Nhiều xã xin thêm ngày.").wait_for()
    visit.check_here()
    link(page, "Đóng đợt")
    button(page, "Đóng đợt")
    refused(visit)
    write(page, "reason", "Đủ số lượng.")
    button(page, "Đóng đợt")
    page.get_by_text("Đủ số lượng.").wait_for()


def test_from_opening_to_selection_by_keyboard(cast: Cast) -> None:
    address = round_opened(cast.officer)
    nomination = nominated(cast.unit, address)
    dossier = returned_and_mended(cast, nomination)
    selected(cast, address, dossier)
    cast.unit.page.goto(nomination)
    heading(cast.unit, "được chọn hỗ trợ")
    decided(cast.officer, address)
    for visit in (cast.officer, cast.lead, cast.unit):
        assert visit.complaints == []


def test_excel_withdrawal_and_conflict(cast: Cast) -> None:
    unit, officer = cast.unit.page, cast.officer.page
    unit.goto(f"{cast.unit.portal}/dot-de-cu/?state=open")
    follow(unit.locator("#list-result tbody a").first)
    link(unit, "Đề cử nhiều doanh nghiệp bằng Excel")
    cast.unit.check_here()
    button(unit, "Kiểm tra tệp")
    refused(cast.unit)
    book = samples.sheet_file([["0100233488", "B2.2.1", None, None, None, "Cần", 10, 4, 5]])
    letter = {"name": "cv.png", "mimeType": "image/png", "buffer": samples.PICTURE}
    sheet = {"name": "de-cu.xlsx", "mimeType": book.content_type, "buffer": book.read()}
    unit.locator("[name=file]").set_input_files([sheet])  # type: ignore[list-item]
    unit.locator("[name=letter]").set_input_files([letter])  # type: ignore[list-item]
    write(unit, "letter_number", "78/SCT")
    write(unit, "letter_date", f"{samples.days(0):%d/%m/%Y}")
    button(unit, "Kiểm tra tệp")
    heading(cast.unit, "1 trên 1 dòng phải sửa trong Excel")
    unit.goto(f"{cast.unit.portal}/de-cu/?state=submitted")
    cast.unit.check_here()
    follow(unit.locator("#list-result tbody a").first)
    nomination = unit.url
    link(unit, "Rút đề cử")
    button(unit, "Rút đề cử")
    refused(cast.unit)
    officer.goto(nomination)
    link(officer, "Mở hồ sơ")
    link(officer, "Khai báo xung đột lợi ích")
    button(officer, "Khai báo")
    refused(cast.officer)
    write(officer, "reason", "Em ruột là giám đốc.")
    button(officer, "Khai báo")
    officer.get_by_text("Em ruột là giám đốc.").first.wait_for()
    assert officer.get_by_role("link", name="Đưa vào sơ tuyển").count() == 0
    cast.officer.check_here()
    write(unit, "reason", "Doanh nghiệp chưa sẵn sàng.")
    button(unit, "Rút đề cử")
    unit.get_by_text("Suất đề cử được trả lại").wait_for()
    cast.unit.check_here()
