"""A target is amended, returned, corrected and approved; an output is recorded and taken back."""

import pytest
from playwright.sync_api import Browser, Page

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit, follow

pytestmark = pytest.mark.browser

OFFICER, LEAD = (
    next(account for account in DEMO_ACCOUNTS if account.role == role)
    for role in (Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD)
)


def fill(page: Page, **values: str) -> None:
    """Type into the fields of the form."""
    for name, value in values.items():
        page.locator(f"main form [name={name}]").fill(value)


def send(visit: Visit, *, wrong: bool = False) -> None:
    """Send the form by its last button and look at what comes back."""
    follow(visit.page.locator("main form .btn-primary").last)
    assert visit.page.title().startswith("Lỗi:") == wrong
    visit.check_here()


def test_a_target_goes_from_hand_to_hand(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context, chromium.new_context() as other:
        officer, lead = Visit(context, portal), Visit(other, portal)
        officer.log_in(OFFICER)
        lead.log_in(LEAD)
        officer.page.goto(f"{portal}/ke-hoach/191/chi-tieu/K18/")
        follow(officer.page.get_by_role("link", name="Điều chỉnh mục tiêu"))
        fill(officer.page, low="95", due_year="2030", valid_from="01/03/2026")
        send(officer, wrong=True)
        assert officer.page.locator("[name=low]").input_value() == "95"
        fill(officer.page, number="120/QĐ-UBND", issued_on="01/02/2026", issuer="UBND tỉnh")
        send(officer)
        lead.page.goto(f"{portal}/viec-cua-toi/")
        follow(lead.page.get_by_role("link", name="1 quyết định về kế hoạch chờ duyệt"))
        lead.check_here()
        follow(lead.page.get_by_role("link", name="Trả lại kèm lý do"))
        send(lead, wrong=True)
        fill(lead.page, reason="Quyết định ghi 90%.")
        send(lead)
        officer.page.goto(f"{portal}/ke-hoach/191/quyet-dinh/")
        assert officer.page.get_by_text("Quyết định ghi 90%.").is_visible()
        follow(officer.page.get_by_role("link", name="Sửa"))
        fill(officer.page, low="90")
        send(officer)
        lead.page.goto(f"{portal}/ke-hoach/191/quyet-dinh/")
        follow(lead.page.get_by_role("button", name="Duyệt"))
        lead.check_here()
        officer.check("/ke-hoach/191/chi-tieu/K18/?ngay=01/03/2026", axe=True)
        assert "90" in officer.page.locator(".lead").first.inner_text()
        follow(lead.page.get_by_role("link", name="Hủy bỏ"))
        fill(lead.page, reason="Nhập nhầm chỉ tiêu.")
        send(lead)
        assert officer.complaints == lead.complaints == []


def test_an_output_is_recorded_corrected_and_taken_back(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        officer = Visit(context, portal)
        officer.log_in(OFFICER)
        page = officer.page
        page.goto(f"{portal}/ke-hoach/191/chi-tieu/K01/")
        follow(page.get_by_role("link", name="Ghi nhận đầu ra"))
        send(officer, wrong=True)
        fill(page, name="Báo cáo khảo sát năng suất", issued_on="05/05/2021")
        send(officer)
        follow(page.locator("#dau-ra a", has_text="Sửa"))
        fill(page, issued_on="06/05/2021")
        send(officer)
        follow(page.locator("#dau-ra a", has_text="Hủy bỏ"))
        fill(page, reason="Ghi nhận hai lần.")
        send(officer)
        assert page.locator("#dau-ra li").count() == 0
        assert officer.complaints == []
