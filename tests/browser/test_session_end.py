"""The session ends while somebody types: they are warned, and every word is there afterwards."""

import datetime as dt

import psycopg2
import pytest
from playwright.sync_api import Browser, Page

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount
from accounts.session_limits import SEEN
from tests.browser.visits import Visit, click
from tests.processes import database_url, manage

pytestmark = pytest.mark.browser

LEAD = next(account for account in DEMO_ACCOUNTS if account.role == Role.PROGRAMME_LEAD)
OFFICER = DEMO_ACCOUNTS[0]
HANDOVER, DEPUTY = "/quan-tri/ban-giao/ghi/", "/quan-tri/thay-mat/ghi/"
WORDS = "\n".join(
    f"{number}. Bàn giao hồ sơ “số {number}/KH” <b>đầy đủ</b> & đúng hạn; dấu: ạ ệ ữ."
    for number in range(1, 25)
)


def end_all_sessions(database: str) -> None:
    """Delete the sessions, as an administrator can."""
    server = psycopg2.connect(database_url(database))
    with server, server.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    server.close()


def age_all_sessions(database: str, seconds: int) -> None:
    """Let nothing have been done in any session for so long."""
    code = (
        "from django.contrib.sessions.models import Session as S;"
        "from django.contrib.sessions.backends.db import SessionStore;"
        "stores = [SessionStore(row.session_key) for row in S.objects.all()];"
        f"[(s.update({{{SEEN!r}: s[{SEEN!r}] - {seconds}}}), s.save())"
        f" for s in stores if {SEEN!r} in s]"
    )
    done = manage("shell", "-c", code, database=database)
    assert done.returncode == 0, done.stderr


def sign_in_here(page: Page, account: DemoAccount) -> None:
    """Log in on the login page to which the portal led."""
    page.locator("input[name=login]").fill(account.email)
    page.locator("input[type=password]").fill(DEMO_PASSWORD)
    click(page.locator("main button").first)


def fill_handover(page: Page) -> dict[str, str]:
    """Fill the form and return what stands in it."""
    for name in ("leaver", "colleague"):
        options = page.locator(f"select[name={name}] option")
        chosen = options.nth(1 if name == "leaver" else 2).get_attribute("value")
        page.locator(f"select[name={name}]").select_option(chosen)
    page.locator("input[name=last_day]").fill("31/12/2026")
    page.locator("textarea[name=reason]").fill(WORDS)
    return standing_in(page)


def standing_in(page: Page) -> dict[str, str]:
    """What stands in the fields of the form."""
    fields = page.locator("main form :is(select, textarea, input:not([type=hidden]))")
    return {field.get_attribute("name") or "": field.input_value() for field in fields.all()}


@pytest.mark.parametrize("javascript", [True, False])
def test_every_word_is_there_after_the_login(
    chromium: Browser, portal: str, own_database: str, javascript: bool
) -> None:
    with chromium.new_context(java_script_enabled=javascript) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(LEAD)
        page.goto(f"{portal}{HANDOVER}")
        typed = fill_handover(page)
        end_all_sessions(own_database)
        click(page.get_by_role("button", name="Tiếp tục", exact=True))
        page.get_by_text("Nội dung ông/bà đã nhập được giữ lại một ngày").wait_for()
        if javascript:
            visit.check_here()
        sign_in_here(page, LEAD)
        page.get_by_text("đã được điền lại").wait_for()
        assert standing_in(page) == typed
        assert typed["reason"] == WORDS
        assert len(typed) == 4
        if javascript:
            visit.check_here()
        click(page.get_by_role("button", name="Tiếp tục", exact=True))
        page.get_by_role("heading", name="Những gì sẽ xảy ra").wait_for()
        if javascript:
            visit.check_here()


def test_another_person_at_the_browser_does_not_get_the_words(
    chromium: Browser, portal: str, own_database: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(LEAD)
        page.goto(f"{portal}{HANDOVER}")
        fill_handover(page)
        end_all_sessions(own_database)
        click(page.get_by_role("button", name="Tiếp tục", exact=True))
        administrator = DEMO_ACCOUNTS[-1]
        sign_in_here(page, administrator)
        page.wait_for_url(f"**{HANDOVER}?kept=*")
        assert page.locator("textarea[name=reason]").input_value() == ""
        assert "Bàn giao hồ sơ" not in page.content()


def test_a_long_form_saves_its_draft_by_itself_until_it_is_sent(
    chromium: Browser, portal: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(LEAD)
        page.goto(f"{portal}{DEPUTY}")
        page.locator("select[name=deputy]").select_option(index=1)
        page.locator("textarea[name=reason]").press_sequentially("Đi công tác Hà Nội")
        page.get_by_text("Đã lưu nháp lúc").wait_for()
        page.goto(f"{portal}/tong-quan/")
        page.goto(f"{portal}{DEPUTY}")
        visit.check_here()
        click(page.get_by_role("link", name="Điền lại"))
        page.get_by_text("đã được điền lại").wait_for()
        reason = page.locator("textarea[name=reason]")
        assert reason.input_value() == "Đi công tác Hà Nội"
        # What is typed in the last second goes along when the page is left.
        reason.press("Control+End")
        reason.press_sequentially(" hai ngày")
        page.goto(f"{portal}/tong-quan/")
        page.goto(f"{portal}{DEPUTY}")
        click(page.get_by_role("link", name="Điền lại"))
        assert reason.input_value() == "Đi công tác Hà Nội hai ngày"
        last = dt.date.today() + dt.timedelta(days=2)  # noqa: DTZ011 - a day of the tests
        page.locator("input[name=valid_to]").fill(last.strftime("%d/%m/%Y"))
        click(page.get_by_role("button", name="Ghi người thay mặt"))
        page.get_by_text("đang thay mặt", exact=True).wait_for()
        visit.check_here()
        page.goto(f"{portal}{DEPUTY}")
        assert page.get_by_text("bản nháp").count() == 0
        page.goto(f"{portal}/quan-tri/quyen/")
        visit.check_here()
        page.goto(f"{portal}/quan-tri/thay-mat/")
        click(page.get_by_role("link", name="Kết thúc"))
        visit.check_here()
        page.locator("textarea[name=reason]").fill("Về sớm")
        click(page.get_by_role("button", name="Kết thúc"))
        page.get_by_text("đã kết thúc sớm", exact=True).wait_for()
        assert visit.complaints == []


def test_an_open_page_warns_before_the_session_ends(
    chromium: Browser, portal: str, own_database: str
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(OFFICER)
        page.clock.install()
        page.goto(f"{portal}/tong-quan/")
        age_all_sessions(own_database, 28 * 60)
        page.clock.fast_forward("27:01")
        go_on = page.get_by_role("button", name="Tiếp tục làm việc")
        go_on.wait_for()
        visit.check_here()
        go_on.click()
        go_on.wait_for(state="hidden")
        assert page.evaluate("document.activeElement.id") == "main"
        age_all_sessions(own_database, 31 * 60)
        page.clock.fast_forward("30:01")
        page.get_by_text("Phiên làm việc đã kết thúc").wait_for()
        visit.check_here()
        click(page.get_by_role("link", name="Đăng nhập"))
        sign_in_here(page, OFFICER)
        page.wait_for_url("**/tong-quan/")
        assert visit.complaints == []
