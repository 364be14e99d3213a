"""From the invitation to work and to its end, with a second factor: a phone, then a passkey."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.browser.visits import Visit, click
from tests.processes import environment, manage, served

pytestmark = pytest.mark.browser

ADMINISTRATOR, INVITED = "quan.tri@vidu.invalid", "can.bo@vidu.invalid"
PASSWORD = "mat-khau-rieng-cua-toi"
MAKE_ADMINISTRATOR = f"""
from accounts.services import administrator_create
from audit.actors import System
administrator_create(
    email={ADMINISTRATOR!r}, full_name="Quản Trị Thật", password={PASSWORD!r},
    organisation_code="SKHCN", by=System("test"),
)
"""


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the portal puts the mails that it sends."""
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="module")
def real_portal(
    own_database: str, static_root: Path, mails: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The portal without demo accounts, under the name of this machine that passkeys take."""
    done = manage("shell", "-c", MAKE_ADMINISTRATOR, database=own_database)
    assert done.returncode == 0, done.stderr
    # The first slash after the host parts it from the path, which begins with one itself.
    own = {"DEMO": "0", "EMAIL_URL": f"filemail:///{mails}"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", "laocai_nscl", "worker", "--concurrency", "1"],
        cwd=settings.BASE_DIR,
        env=environment(own_database) | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    folder = tmp_path_factory.mktemp("real")
    try:
        with served(own_database, static_root, folder, host="localhost", **own) as address:
            yield address
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def link_in(mails: Path, recipient: str) -> str:
    """The address that the mail to this recipient asks to open, once it is there."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for file in mails.iterdir():
            body = file.read_text()
            if recipient in body and (link := re.search(r"http://localhost\S+", body)):
                return link[0]
        time.sleep(0.1)
    pytest.fail(f"No mail to {recipient} has come.")


def code(secret: str) -> str:
    """What the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(visit: Visit, email: str) -> None:
    """Fill in the login form."""
    visit.page.goto(f"{visit.portal}/tai-khoan/login/")
    visit.page.locator("input[name=login]").fill(email)
    visit.page.locator("input[type=password]").fill(PASSWORD)
    click(visit.page.get_by_role("button", name="Đăng nhập"))


def set_up_phone(visit: Visit) -> str:
    """Set up the app on a phone from the page that stands in the way; returns its key."""
    page = visit.page
    page.get_by_role("heading", name="Trước hết cần thiết lập xác thực hai lớp").wait_for()
    visit.check_here()
    click(page.get_by_role("link", name="Dùng ứng dụng trên điện thoại"))
    secret = page.locator("#totp-secret").inner_text().replace(" ", "")
    page.get_by_label("Mã ứng dụng đang hiển thị").fill("000000")
    click(page.get_by_role("button", name="Hoàn tất"))
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Lỗi:")
    visit.check_here()
    page.get_by_label("Mã ứng dụng đang hiển thị").fill(code(secret))
    click(page.get_by_role("button", name="Hoàn tất"))
    page.get_by_role("heading", name="Hãy cất giữ các mã khôi phục này").wait_for()
    assert page.locator("#recovery-codes li").count() == 10
    visit.check_here()
    click(page.get_by_role("link", name="Tôi đã cất giữ, tiếp tục"))
    return secret


def invite(page: Page, portal: str) -> None:
    """Send the form of an invitation."""
    page.goto(f"{portal}/quan-tri/loi-moi/moi/")
    page.get_by_label("Họ và tên").fill("Cán Bộ Được Mời")
    page.get_by_label("Thư điện tử công vụ").fill(INVITED)
    page.get_by_label("Cơ quan").select_option(label="Sở Công Thương")
    page.get_by_label("Vai trò").select_option(label="Cán bộ đơn vị")
    click(page.get_by_role("button", name="Gửi lời mời"))
    page.get_by_text(f"Lời mời đang được gửi tới {INVITED}").wait_for()


def test_from_the_invitation_to_work_and_to_the_end_of_the_role(
    chromium: Browser, real_portal: str, mails: Path
) -> None:
    with chromium.new_context() as office, chromium.new_context() as home:
        admin, guest = Visit(office, real_portal), Visit(home, real_portal)
        sign_in(admin, ADMINISTRATOR)
        set_up_phone(admin)
        admin.page.wait_for_url("**/viec-cua-toi/")
        invite(admin.page, real_portal)
        click(admin.page.get_by_role("link", name="Cán Bộ Được Mời"))
        admin.page.get_by_role("heading", name="Lời mời Cán Bộ Được Mời").wait_for()
        admin.check_here()

        page = guest.page
        link = link_in(mails, INVITED)
        page.goto(link)
        page.wait_for_url("**/tai-khoan/loi-moi/")
        guest.check_here()
        page.locator("input[name=password1]").fill("ngan")
        page.locator("input[name=password2]").fill("ngan")
        click(page.get_by_role("button", name="Lưu mật khẩu"))
        page.get_by_role("alert").wait_for()
        assert page.title().startswith("Lỗi:")
        guest.check_here()
        page.locator("input[name=password1]").fill(PASSWORD)
        page.locator("input[name=password2]").fill(PASSWORD)
        click(page.get_by_role("button", name="Lưu mật khẩu"))
        set_up_phone(guest)
        page.wait_for_url("**/viec-cua-toi/")
        page.goto(f"{real_portal}/ke-hoach/191/nhiem-vu/")
        assert page.locator("#list-result tbody tr").count() > 10
        assert guest.complaints == []

        admin.page.goto(f"{real_portal}/quan-tri/nguoi-dung/?q=can+bo+duoc+moi")
        click(admin.page.locator("#list-result tbody a").first)
        admin.page.get_by_role("heading", name="Cán Bộ Được Mời").wait_for()
        admin.check_here()
        click(admin.page.get_by_role("link", name="Kết thúc vai trò"))
        admin.page.get_by_role("heading", name="Kết thúc vai trò").wait_for()
        admin.check_here()
        admin.page.get_by_label("Lý do").fill("Luân chuyển công tác")
        click(admin.page.get_by_role("button", name="Kết thúc vai trò"))
        admin.page.get_by_text("Đã ghi nhận việc kết thúc vai trò").wait_for()
        assert admin.complaints == []

        click(page.locator("#list-result tbody a").first)
        page.get_by_role("heading", name="hiện chưa có vai trò").wait_for()
        assert (
            "(Cán bộ đơn vị, Sở Công Thương) đã được thu hồi" in page.locator("main").inner_text()
        )
        guest.check_here()
        home.clear_cookies()
        page.goto(link)
        assert "đã được sử dụng" in page.locator("main").inner_text()
        guest.check_here()


def test_a_passkey_signs_in(chromium: Browser, real_portal: str, own_database: str) -> None:
    reset = (
        "from allauth.mfa.models import Authenticator as A;"
        f"A.objects.filter(user__email={ADMINISTRATOR!r}).delete()"
    )
    assert manage("shell", "-c", reset, database=own_database).returncode == 0
    with chromium.new_context() as context:
        visit = Visit(context, real_portal)
        page = visit.page
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
        kept = {"hasResidentKey": True, "isUserVerified": True}
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **kept}})
        sign_in(visit, ADMINISTRATOR)
        click(page.get_by_role("link", name="Dùng khóa truy cập của thiết bị này"))
        page.get_by_role("heading", name="Thêm khóa truy cập").wait_for()
        visit.check_here()
        page.get_by_label("Tên khóa truy cập").fill("Máy tính cơ quan")
        click(page.get_by_role("button", name="Thêm khóa truy cập"))
        page.get_by_role("heading", name="Hãy cất giữ các mã khôi phục này").wait_for()
        page.goto(f"{real_portal}/tai-khoan/xac-thuc/")
        assert page.get_by_text("Máy tính cơ quan").is_visible()
        visit.check_here()
        context.clear_cookies()
        sign_in(visit, ADMINISTRATOR)
        page.get_by_role("heading", name="Xác nhận đăng nhập").wait_for()
        visit.check_here()
        click(page.get_by_role("button", name="Dùng khóa truy cập"))
        page.wait_for_url("**/viec-cua-toi/")
        assert visit.complaints == []
