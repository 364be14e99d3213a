"""Recording a succession step by step, with and without JavaScript; wrong input is told."""

import pytest
from playwright.sync_api import Browser

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit, click

pytestmark = pytest.mark.browser

ADMINISTRATOR = next(one for one in DEMO_ACCOUNTS if one.role == Role.ADMINISTRATOR)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_department_is_succeeded_by_two(
    chromium: Browser, portal: str, *, javascript: bool
) -> None:
    with chromium.new_context(java_script_enabled=javascript) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(ADMINISTRATOR)
        name = "Sở Công Thương" if javascript else "Sở Tài chính"
        page.goto(f"{portal}/quan-tri/co-quan/?kind=department")
        click(page.get_by_role("link", name=name))
        click(page.get_by_role("link", name="Ghi kế thừa"))
        click(page.get_by_role("button", name="Thêm một đơn vị kế thừa"))
        page.get_by_label("Đơn vị kế thừa thứ 1").select_option(label="Sở Xây dựng")
        page.get_by_label("Đơn vị kế thừa thứ 2").select_option(label="Sở Y tế")
        page.locator("#id_on").fill("01/01/2020")
        click(page.get_by_role("button", name="Kiểm tra những gì được chuyển"))
        page.locator(".errors").get_by_text("chỉ có thể bắt đầu sau ngày đó").wait_for()
        assert page.title().startswith("Lỗi:")
        visit.check_here(axe=javascript)
        page.locator("#id_on").fill("01/11/2026")
        click(page.get_by_role("button", name="Kiểm tra những gì được chuyển"))
        page.get_by_role("heading", name=f"Kiểm tra: kế thừa {name}").wait_for()
        visit.check_here(axe=javascript)
        page.locator("main select").first.select_option(label="Sở Y tế")
        click(page.get_by_role("button", name="Ghi kế thừa"))
        page.get_by_text("Đã ghi kế thừa.").wait_for()
        assert "31/10/2026. 2 đơn vị kế thừa." in page.locator("main").inner_text()
        click(page.get_by_role("link", name="Sở Y tế"))
        page.get_by_role("heading", name="Sở Y tế").wait_for()
        assert page.get_by_text("Cán bộ").first.is_visible()
        visit.check_here(axe=javascript)
        assert visit.complaints == []
