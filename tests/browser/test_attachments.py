"""A file of a task from its upload to its second version, on a desk and on a telephone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit, click
from tests.core import files

pytestmark = pytest.mark.browser

OFFICER = DEMO_ACCOUNTS[0]
UNIT = next(account for account in DEMO_ACCOUNTS if account.role == Role.UNIT_OFFICER)
TASK = "/ke-hoach/191/nhiem-vu/B1.2.1/"
TITLE = "Biên bản “tập huấn” đợt 1"


def written(folder: Path, name: str, content: bytes) -> Path:
    """A file on the desk of the person."""
    path = folder / name
    path.write_bytes(content)
    return path


def bring(visit: Visit, path: Path, title: str) -> None:
    """Fill and send the form on the page of the task."""
    visit.page.goto(f"{visit.portal}{TASK}")
    visit.page.get_by_text("Thêm tệp", exact=True).click()
    form = visit.page.locator("#files form")
    form.get_by_label("Tệp", exact=True).set_input_files(path)
    form.get_by_label("Tên tài liệu").fill(title)
    form.get_by_label("Loại tài liệu").select_option("minutes")
    click(form.get_by_role("button", name="Tải lên"))


def take(visit: Visit, link: str) -> Path:
    """Take a file along; returns where the browser put it."""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name=link, exact=True).click()
    return download.value.path()


def test_a_file_is_refused_mended_brought_and_replaced(
    chromium: Browser, portal: str, tmp_path: Path
) -> None:
    first = written(tmp_path, "Biên bản.pdf", files.pdf())
    second = written(tmp_path, "Biên bản ký.pdf", files.pdf(files.signed_and_linked))
    script = written(tmp_path, "hong.pdf", files.pdf(files.script_when_opened))
    with chromium.new_context(accept_downloads=True) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(OFFICER)
        bring(visit, script, TITLE)
        page.wait_for_url("**/tai-len/")
        assert page.title().startswith("Lỗi:")
        assert page.get_by_label("Tên tài liệu").input_value() == TITLE
        visit.check_here()
        page.get_by_label("Tệp", exact=True).set_input_files(first)
        click(page.get_by_role("button", name="Tải lên"))
        page.wait_for_url(f"**{TASK}#files")
        page.get_by_text("Thêm tệp", exact=True).click()
        visit.check_here()
        assert take(visit, TITLE).read_bytes() == first.read_bytes()
        click(page.get_by_role("link", name=f"Phiên bản 1, chi tiết {TITLE}"))
        click(page.get_by_role("link", name="Phiên bản mới"))
        visit.check_here()
        page.get_by_label("Phiên bản mới").set_input_files(second)
        click(page.get_by_role("button", name="Tải lên"))
        page.wait_for_url(re.compile(r"/tep/\d+/$"))
        visit.check_here()
        for path in (first, second):
            assert take(visit, path.name).read_bytes() == path.read_bytes()
        assert visit.complaints == []


def test_a_file_is_withdrawn_and_gone_for_others(
    chromium: Browser, portal: str, tmp_path: Path
) -> None:
    with chromium.new_context() as context, chromium.new_context() as other:
        visit, unit = Visit(context, portal), Visit(other, portal)
        visit.log_in(OFFICER)
        unit.log_in(UNIT)
        bring(visit, written(tmp_path, "nham.jpg", files.jpeg()), "Tệp nhầm")
        visit.page.wait_for_url(f"**{TASK}#files")
        unit.page.goto(f"{portal}{TASK}")
        click(unit.page.get_by_role("link", name="Phiên bản 1, chi tiết Tệp nhầm"))
        unit.check_here()
        assert unit.page.get_by_role("link", name="Thu hồi").count() == 0
        visit.page.goto(unit.page.url)
        click(visit.page.get_by_role("link", name="Thu hồi"))
        click(visit.page.get_by_role("button", name="Thu hồi"))
        assert visit.page.title().startswith("Lỗi:")
        visit.check_here()
        visit.page.get_by_label("Lý do").fill("Tải nhầm tệp.")
        click(visit.page.get_by_role("button", name="Thu hồi"))
        visit.page.wait_for_url(f"**{TASK}#files")
        assert visit.page.locator("#files").get_by_text("Tệp nhầm").count() == 0
        visit.page.goto(unit.page.url)
        visit.check_here()
        unit.page.goto(f"{portal}{TASK}")
        assert unit.page.get_by_text("Tệp nhầm").count() == 0


def test_a_file_is_brought_without_javascript(
    chromium: Browser, portal: str, tmp_path: Path
) -> None:
    picture = written(tmp_path, "anh.jpg", files.jpeg())
    with chromium.new_context(java_script_enabled=False) as context:
        visit = Visit(context, portal)
        page = visit.page
        visit.log_in(OFFICER)
        page.goto(f"{portal}{TASK}")
        page.get_by_text("Thêm tệp", exact=True).click()
        form = page.locator("#files form")
        form.get_by_label("Tệp", exact=True).set_input_files(picture)
        form.get_by_label("Loại tài liệu").select_option("picture")
        click(form.get_by_role("button", name="Tải lên"))
        page.wait_for_url(f"**{TASK}#files")
        page.goto(f"{portal}{TASK}")
        assert page.get_by_role("link", name="anh", exact=True).is_visible()
