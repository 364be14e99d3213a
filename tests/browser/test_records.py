"""An officer records what an enterprise does, a lead approves; every form is looked at."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from accounts.demo import DEMO_ACCOUNTS
from enterprises.kinds import KINDS
from tests.browser.visits import Visit, click
from tests.enterprises.factories import tax_code

pytestmark = pytest.mark.browser

OFFICER, LEAD = DEMO_ACCOUNTS[0], DEMO_ACCOUNTS[1]


@pytest.fixture
def officer(chromium: Browser, portal: str) -> Iterator[Visit]:
    """A programme officer."""
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        visit.log_in(OFFICER)
        yield visit


def send(page: Page) -> None:
    """Press the button of the form."""
    click(page.locator("main .form-card .btn-primary"))


def fill(page: Page, **values: str) -> None:
    """Type into the form; what has a list is chosen by its words."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("element => element.tagName") == "SELECT":
            option = field.locator("option", has_text=re.compile(re.escape(value)))
            field.select_option(option.first.get_attribute("value"))
        else:
            field.fill(value)


def new_enterprise(visit: Visit, name: str) -> str:
    """The address of an enterprise that was just registered."""
    visit.page.goto(f"{visit.portal}/doanh-nghiep/them/")
    fill(visit.page, tax_code=tax_code(), name=name, kind="Doanh nghiệp")
    send(visit.page)
    visit.page.wait_for_url(re.compile(r"/doanh-nghiep/\d+/"))
    return re.sub(r"[?#].*", "", visit.page.url.removeprefix(visit.portal))


def add(visit: Visit, place: str, slug: str, **values: str) -> None:
    """Record something about the enterprise."""
    visit.page.goto(f"{visit.portal}{place}{slug}/them/")
    fill(visit.page, **values)
    send(visit.page)
    assert visit.page.locator(".message-success").count() == 1, visit.page.content()


TYPED: dict[str, dict[str, str]] = {
    "product": {"name": "Gạo Séng Cù", "group": "Lương thực"},
    "key_list_entry": {"product": "Séng Cù", "valid_from": "01/03/2022"},
    "standard_declaration": {
        "product": "Séng Cù",
        "standard": "TCVN 11888:2017",
        "kind": "TCVN",
        "declared_on": "01/04/2022",
    },
    "certificate": {"scheme": "ISO 9001", "number": "QMS-77", "issued_on": "15/05/2024"},
    "certificate_suspension": {
        "certificate": "QMS-77",
        "valid_from": "01/09/2024",
        "reason": "Chậm giám sát.",
    },
    "surveillance": {"certificate": "QMS-77", "due_on": "15/05/2025"},
    "tool_adoption": {"tool": "5S", "valid_from": "01/03/2021"},
    "productivity_project": {"kind": "Dự án", "valid_from": "01/01/2023"},
    "productivity_year": {
        **dict.fromkeys(
            ("pretax_profit", "labour_cost", "depreciation", "interest", "production_taxes"),
            "1.200.000.000",
        ),
        "year": "2022",
        "fixed_assets": "9.000.000.000",
        "labour": "62,5",
    },
    "model_recognition": {"kind": "Điển hình", "recognised_on": "01/11/2024"},
    "award_entry": {"year": "2023", "result": "Giải Bạc"},
    "network_membership": {"valid_from": "01/09/2021"},
    "enterprise_figures": {"year": "2023", "labour": "62", "revenue": "42.000.000.000"},
}


def test_every_kind_of_record_is_added_and_shown(officer: Visit) -> None:
    page = officer.page
    for path, values in (
        ("/tieu-chuan/them/", {"number": "TCVN 11888:2017", "kind": "TCVN", "title": "Gạo trắng"}),
        ("/cong-cu/them/", {"name": "5S"}),
    ):
        page.goto(f"{officer.portal}{path}")
        fill(page, **values)
        send(page)
    place = new_enterprise(officer, "Công ty Séng Cù")
    for kind in KINDS:
        officer.check(f"{place}{kind.slug}/them/", axe=True)
        add(officer, place, kind.slug, **TYPED[kind.name])
    officer.check(place, axe=True)
    for drawn in ("svg.timeline-drawing", "#nang-suat table"):
        assert page.locator(drawn).is_visible()
    for act in ("sua", "ket-thuc", "huy-bo"):
        address = page.locator(f"#giay-chung-nhan a[href*='/{act}/']").first.get_attribute("href")
        assert address
        officer.check(address, axe=True)
        page.goto(f"{officer.portal}{place}")
    page.goto(f"{officer.portal}{place}giay-chung-nhan/them/")
    send(page)
    assert page.title().startswith("Lỗi:")
    officer.check_here()
    page.goto(f"{officer.portal}/tieu-chuan/?q=11888")
    click(page.locator("#list-result tbody a").first)
    officer.check_here()
    for path in ("/san-pham/", "/giay-chung-nhan/", "/danh-muc-trong-diem/cho-duyet/"):
        officer.check(path, axe=True)
    assert officer.complaints == []


def test_an_expiry_is_suggested_while_typing(officer: Visit) -> None:
    place = new_enterprise(officer, "Công ty Gợi Ý Hạn")
    officer.page.goto(f"{officer.portal}{place}giay-chung-nhan/them/")
    officer.page.locator("[name=issued_on]").fill("15/05/2024")
    officer.page.locator("[name=expires_on]").focus()
    officer.page.get_by_text("15/05/2027").wait_for()
    assert officer.page.locator("[name=expires_on]").input_value() == ""
    officer.check_here()
    assert officer.complaints == []


def test_a_second_person_returns_and_approves(
    officer: Visit, chromium: Browser, portal: str
) -> None:
    place = new_enterprise(officer, "Công ty Chờ Duyệt")
    add(officer, place, "danh-muc-trong-diem", valid_from="01/03/2022")
    with chromium.new_context() as context:
        lead = Visit(context, portal)
        lead.log_in(LEAD)
        lead.check("/danh-muc-trong-diem/cho-duyet/?q=cho+duyet", axe=True)
        click(lead.page.get_by_role("link", name="Trả lại kèm lý do"))
        send(lead.page)
        assert lead.page.title().startswith("Lỗi:")
        lead.check_here()
        fill(lead.page, reason="Thiếu số quyết định.")
        send(lead.page)
        officer.page.goto(f"{portal}{place}")
        assert officer.page.get_by_text("Thiếu số quyết định.").is_visible()
        click(officer.page.locator("#san-pham a[href*='/danh-muc-trong-diem/']", has_text="Sửa"))
        officer.check_here()
        fill(officer.page, decision_number="12/QĐ-UBND")
        send(officer.page)
        lead.page.goto(f"{portal}/danh-muc-trong-diem/cho-duyet/?q=cho+duyet")
        lead.page.get_by_label("Duyệt Công ty Chờ Duyệt").check()
        click(lead.page.get_by_role("button", name="Duyệt các mục đã đánh dấu"))
        lead.page.get_by_text("Đã duyệt 1 mục.").wait_for()
        lead.check("/danh-muc-trong-diem/?q=cho+duyet", axe=True)
        assert lead.page.locator("#list-result tbody tr").count() == 1
        assert lead.complaints == []
    assert officer.complaints == []
