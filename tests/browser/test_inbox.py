"""An inbox with something in it, by keyboard; mails and the calendar of an administrator."""

import pytest
from playwright.sync_api import Browser

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit, follow
from tests.processes import manage

pytestmark = pytest.mark.browser

ACCOUNTS = {account.role: account for account in DEMO_ACCOUNTS}
OFFICER = ACCOUNTS[Role.PROGRAMME_OFFICER]
ADMINISTRATOR = ACCOUNTS[Role.ADMINISTRATOR]

PREPARE = f"""
import datetime as dt
from django.utils import timezone
from accounts.models import User
from notifications.models import Notice, OutboxMail, WorkingDayOverride
from notifications.services import notice_send
officer = User.objects.get(email={OFFICER.email!r})
Notice.objects.all().delete()
for title in ("Hồ sơ được trả lại", "Đến hạn: Nộp báo cáo", "<img src=x onerror=alert(1)>"):
    notice_send(kind="reminder", to=[officer], title=title, text="Thiếu.", url="/ke-hoach/191/")
OutboxMail.objects.all().delete()
OutboxMail.objects.create(
    to="khong.co@vidu.invalid", from_email="nscl@vidu.invalid", subject="Thư mời", body="Mã",
    message_id="<1@vidu.invalid>", failed_at=timezone.now(), attempts=1,
    error="SMTPRecipientsRefused: {{'khong.co@vidu.invalid': (550, b'5.1.1 User unknown')}}",
)
WorkingDayOverride.objects.all().delete()
"""


@pytest.fixture
def prepared(own_database: str) -> None:
    """Three new notices for the officer, a mail that was given up, an empty calendar."""
    done = manage("shell", "--no-imports", "-c", PREPARE, database=own_database)
    assert done.returncode == 0, done.stderr


def test_notices_are_opened_and_read(chromium: Browser, portal: str, prepared: None) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(OFFICER)
        follow(page.get_by_role("link", name="Hộp thư 3"))
        page.get_by_role("heading", name="Hộp thư có 3 thông báo mới").wait_for()
        visit.check_here()
        follow(page.get_by_role("button", name="Hồ sơ được trả lại", exact=True))
        page.wait_for_url("**/ke-hoach/191/")
        page.goto(f"{portal}/hop-thu/")
        page.get_by_role("heading", name="Hộp thư có 2 thông báo mới").wait_for()
        follow(page.get_by_role("button", name="Đánh dấu đã đọc: Đến hạn: Nộp báo cáo"))
        page.get_by_role("heading", name="Hộp thư có 1 thông báo mới").wait_for()
        follow(page.get_by_role("button", name="Đánh dấu đã đọc tất cả"))
        page.get_by_role("heading", name="Hộp thư không có thông báo mới").wait_for()
        visit.check_here()
        follow(page.get_by_role("link", name="Cách nhận thông báo"))
        page.get_by_label("Mỗi ngày một thư tổng hợp").check()
        follow(page.get_by_role("button", name="Lưu"))
        page.get_by_text("Đã lưu lựa chọn.").wait_for()
        assert visit.complaints == []


def test_a_mail_that_was_given_up_is_sent_again(
    chromium: Browser, portal: str, prepared: None
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(ADMINISTRATOR)
        page.goto(f"{portal}/quan-tri/thu-gui/")
        page.get_by_role("heading", name="1 thư không gửi được").wait_for()
        visit.check_here()
        follow(page.get_by_role("link", name="Thư mời"))
        assert "User unknown" in page.locator("main").inner_text()
        visit.check_here()
        follow(page.get_by_role("button", name="Gửi lại"))
        page.get_by_text("Đang gửi lại thư.").wait_for()
        assert "đang chờ gửi" in page.locator("main").inner_text()
        visit.check_here()


def test_a_day_of_the_calendar_is_added_changed_and_deleted(
    chromium: Browser, portal: str, prepared: None
) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(ADMINISTRATOR)
        page.goto(f"{portal}/lich-lam-viec/them/")
        follow(page.get_by_role("button", name="Lưu"))
        page.get_by_role("heading", name="Có 3 điểm cần sửa").wait_for()
        assert page.title().startswith("Lỗi:")
        visit.check_here()
        page.get_by_label("Ngày", exact=True).fill("2/1/2026")
        page.get_by_label("Không, là ngày nghỉ").check()
        page.get_by_label("Lý do").fill("Hoán đổi với thứ Bảy 10/01/2026")
        follow(page.get_by_role("button", name="Lưu"))
        page.wait_for_url("**/lich-lam-viec/?year=2026")
        visit.check_here()
        follow(page.get_by_role("link", name="Sửa 02/01/2026: nghỉ"))
        visit.check_here()
        page.get_by_label("Số quyết định").fill("12/QĐ-UBND")
        follow(page.get_by_role("button", name="Lưu"))
        page.get_by_text("12/QĐ-UBND").wait_for()
        follow(page.get_by_role("link", name="Xóa 02/01/2026: nghỉ"))
        visit.check_here()
        follow(page.get_by_role("button", name="Xóa"))
        page.get_by_text("Đã xóa mục lịch.").wait_for()
        assert "12/QĐ-UBND" not in page.locator("main").inner_text()
        assert visit.complaints == []
