"""An enterprise from its registration to its merger, in the browser, right and wrong."""

import pytest
from playwright.sync_api import Browser, Page

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit, click
from tests.enterprises.factories import tax_code

pytestmark = pytest.mark.browser

LEAD = next(account for account in DEMO_ACCOUNTS if account.role == Role.PROGRAMME_LEAD)


def submit(page: Page) -> None:
    """Send the form of the page."""
    click(page.locator("main form .actions button").last)


def register(page: Page, portal: str, code: str, name: str) -> str:
    """Register an enterprise and return its address."""
    page.goto(f"{portal}/doanh-nghiep/them/")
    page.locator("[name=tax_code]").fill(code)
    page.locator("[name=name]").fill(name)
    page.locator("[name=kind]").select_option("enterprise")
    page.locator("[name=sector]").select_option("services")
    submit(page)
    page.get_by_role("heading", level=1, name=name).wait_for()
    return page.url


def refused_form(visit: Visit) -> None:
    """A mistyped code is told at its field and kept."""
    page = visit.page
    page.goto(f"{visit.portal}/doanh-nghiep/them/")
    page.locator("[name=tax_code]").fill("0100233480")
    submit(page)
    assert page.title().startswith("Lỗi:")
    assert page.locator(".errors").count() == 1
    assert page.locator("[name=tax_code]").input_value() == "0100233480"
    visit.check_here()


def contact(visit: Visit, enterprise: str) -> None:
    """A contact, and the forms that correct it and take it away."""
    page = visit.page
    page.goto(f"{enterprise}lien-he/them/")
    page.locator("[name=kind]").select_option("contact")
    page.locator("[name=name]").fill("Lý Thị Mẫu")
    submit(page)
    for link in ("Sửa Lý Thị Mẫu", "Bỏ Lý Thị Mẫu"):
        click(page.get_by_role("link", name=link))
        visit.check_here()
        page.goto(enterprise)


def change_code(visit: Visit, enterprise: str, code: str) -> None:
    """Another tax code: first without its day, then with it."""
    page = visit.page
    page.goto(f"{enterprise}doi-ma-so-thue/")
    page.locator("[name=tax_code]").fill(code)
    page.locator("[name=why][value=changed]").check()
    submit(page)
    assert page.locator(".errors").is_visible()
    visit.check_here()
    page.locator("[name=changed_on]").fill("01/01/2026")
    page.locator("[name=reason]").fill("Cấp lại")
    submit(page)
    assert code in page.locator("main").inner_text()


def merge(visit: Visit, source: str, target: str) -> None:
    """The merger: first without a reason, then with it."""
    page = visit.page
    page.goto(f"{source}gop/")
    visit.check_here()
    click(page.locator("main section a").first)
    page.locator("[name=reason]").wait_for()
    submit(page)
    assert page.locator(".errors").is_visible()
    visit.check_here()
    page.locator("[name=reason]").fill("Đăng ký hai lần")
    submit(page)
    page.wait_for_url(target)


def test_from_registration_to_merger(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(LEAD)
        code, other_code, new_code = (tax_code() for _ in range(3))
        refused_form(visit)
        first = register(page, portal, code, "Công ty Chè Suối Giàng")
        visit.check_here()
        page.goto(f"{portal}/doanh-nghiep/them/")
        page.locator("[name=tax_code]").press_sequentially(code)
        page.locator("#tax-code-found a").wait_for()
        assert "Công ty Chè Suối Giàng" in page.locator("#tax-code-found").inner_text()
        second = register(page, portal, other_code, "Công ty Chè Suối Giàng")
        for act in ("sua", "doi-ma-so-thue", "cham-dut", "lien-he/them"):
            page.goto(f"{first}{act}/")
            visit.check_here()
        contact(visit, first)
        change_code(visit, first, new_code)
        merge(visit, second, first)
        page.goto(second)
        assert "Đã gộp vào" in page.locator(".aside").inner_text()
        visit.check_here()
        page.goto(f"{portal}/doanh-nghiep/tra-cuu/")
        page.locator("main input[name=mst]").press_sequentially(other_code)
        page.locator("#looked-up a").wait_for()
        visit.check_here()
        page.goto(f"{portal}/doanh-nghiep/")
        visit.check_here()
        assert visit.complaints == []


def test_a_threshold_is_entered_and_waits(chromium: Browser, portal: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(DEMO_ACCOUNTS[0])
        page.goto(f"{portal}/doanh-nghiep/nguong-quy-mo/them/")
        submit(page)
        assert page.title().startswith("Lỗi:")
        visit.check_here()
        for name, value in (
            ("labour", "15"),
            ("revenue", "12.000.000.000"),
            ("capital", "4.000.000.000"),
            ("valid_from", "01/01/2027"),
            ("legal_basis", "Nghị định mới"),
        ):
            page.locator(f"[name={name}]").fill(value)
        page.locator("[name=sector]").select_option("services")
        page.locator("[name=size_class]").select_option("micro")
        submit(page)
        page.get_by_role("heading", name="Chờ phê duyệt").wait_for()
        visit.check_here()
        click(page.locator("main li a").last)
        page.locator("[name=reason]").wait_for()
        visit.check_here()
