"""The register when it is full or empty, and its forms when they are sent with nothing in them."""

import re

import psycopg2
import pytest
from playwright.sync_api import Browser

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS
from tests.browser.visits import Visit
from tests.processes import database_url, manage

pytestmark = pytest.mark.browser

LEAD = next(one for one in DEMO_ACCOUNTS if one.role == Role.PROGRAMME_LEAD)
FORM = "main form[method=post]:has(input:not([type=hidden]), select, textarea)"
EMPTIED = """
form => {
    for (const field of form.elements) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = false;
        else if (field.type !== "hidden" && field.tagName !== "BUTTON") field.value = "";
    }
}
"""
LINKS = "links => links.map(link => link.getAttribute('href'))"
LISTS = (
    "/tong-quan/",
    "/doanh-nghiep/",
    "/san-pham/",
    "/giay-chung-nhan/",
    "/danh-muc-trong-diem/",
    "/danh-muc-trong-diem/cho-duyet/",
    "/ke-hoach/191/chi-tieu/",
    "/ke-hoach/191/chi-tieu/K18/",
    "/ke-hoach/191/chi-tieu/K18/bang-chung/2026-11-20/mau-so/",
)
WRITING = re.compile(r"/(them|sua|ket-thuc|huy|doi-ma-so-thue|gop|xac-minh)(/|$)")


@pytest.fixture(scope="module")
def full(own_database: str, portal: str) -> str:
    """The portal with a register in which every kind of record and every state occurs."""
    done = manage("seed_demo", "--enterprises", "60", "--seed", "7", database=own_database)
    assert done.returncode == 0, done.stderr
    return portal


def enterprises(visit: Visit) -> list[str]:
    """The pages of the enterprises that the list shows first."""
    visit.page.goto(f"{visit.portal}/doanh-nghiep/")
    links = visit.page.locator("#list-result tbody th a, #list-result tbody td:first-child a")
    found = links.evaluate_all(LINKS)
    assert found
    return list(dict.fromkeys(found))


def links_on(visit: Visit, path: str) -> list[str]:
    """The addresses that a page links to."""
    visit.page.goto(f"{visit.portal}{path}")
    found = visit.page.locator("main a[href^='/']").evaluate_all(LINKS)
    return list(dict.fromkeys(link.partition("#")[0] for link in found))


def test_the_pages_of_full_enterprises(chromium: Browser, full: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, full)
        visit.log_in(LEAD)
        for path in enterprises(visit)[:3]:
            visit.check(path, axe=True)
            visit.check(f"{path}?ngay=14/12/2022", axe=True)


def test_every_form_that_is_sent_empty_says_what_is_missing(chromium: Browser, full: str) -> None:
    with chromium.new_context() as context:
        visit = Visit(context, full)
        visit.log_in(LEAD)
        one, *_ = enterprises(visit)
        forms = {re.sub(r"\d+", "N", link): link for link in links_on(visit, one)}
        told = []
        for link in (link for link in forms.values() if WRITING.search(link)):
            visit.page.goto(f"{visit.portal}{link}")
            form = visit.page.locator(FORM).first
            if not form.count():
                continue
            form.evaluate(EMPTIED)
            with visit.page.expect_navigation():
                form.evaluate("form => form.submit()")
            if visit.page.title().startswith("Lỗi:"):
                visit.check_here()
                told.append(link)
        assert len(told) >= 15, told
        assert visit.complaints == []


def test_every_page_of_an_empty_register(chromium: Browser, full: str, own_database: str) -> None:
    with psycopg2.connect(database_url(own_database)) as server, server.cursor() as cursor:
        # The tables that only grow refuse to be emptied otherwise.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE enterprises_enterprise CASCADE")
    with chromium.new_context() as context:
        visit = Visit(context, full)
        visit.log_in(LEAD)
        for path in LISTS:
            visit.check(path, axe=True)
