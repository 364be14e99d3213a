"""The pages of people and organisations."""

from collections.abc import Callable

from accounts.choices import Role
from tests.accounts.people_pages import ELSEWHERE as PEOPLE_ELSEWHERE
from tests.accounts.people_pages import PAGES as PEOPLE_PAGES
from tests.browser.pages import REVIEWING, Page, first_link
from tests.browser.visits import Visit

KEEPING = frozenset({Role.ADMINISTRATOR})
# An area and a committee that ended, with many successors.
OLD_AREA = "/quan-tri/dia-ban/?q=sa+pa&standing=ended"
OLD_COMMITTEE = "/quan-tri/co-quan/?q=sa+pa&standing=ended"


def below(list_path: str, way: str) -> Callable[[Visit], str]:
    """A way to a page of the first record of a list."""
    return lambda visit: first_link(list_path)(visit) + way


PAGES = [
    *PEOPLE_PAGES,
    Page("account_change_password", "/tai-khoan/password/change/"),
    Page("entry_list", "/quan-tri/nhat-ky/", REVIEWING),
    Page("entry_list", "/quan-tri/nhat-ky/?q=khongcotunay", REVIEWING),
    Page("entry_list", "/quan-tri/nhat-ky/?since=02/03/2026&until=01/03/2026", REVIEWING),
    Page("entry_detail", "/quan-tri/nhat-ky/1/", REVIEWING),
    Page("access_review", "/quan-tri/quyen/", REVIEWING),
    Page("access_review", "/quan-tri/quyen/?state=idle", REVIEWING),
    Page("organisation_list", "/quan-tri/co-quan/"),
    Page("organisation_list", "/quan-tri/co-quan/?at=khong-phai-ngay"),
    Page("organisation_detail", first_link(OLD_COMMITTEE)),
    Page("organisation_detail", first_link("/quan-tri/co-quan/?kind=dost")),
    Page("organisation_create", "/quan-tri/co-quan/them/", KEEPING),
    Page("organisation_edit", below(OLD_COMMITTEE, "sua/"), KEEPING),
    Page("succession_record", below("/quan-tri/co-quan/?kind=dost", "ke-thua/"), KEEPING),
    Page("area_list", "/quan-tri/dia-ban/"),
    Page("area_detail", first_link(OLD_AREA)),
    Page("area_create", "/quan-tri/dia-ban/them/", KEEPING),
    Page("area_edit", below(OLD_AREA, "sua/"), KEEPING),
    Page("area_succession_record", below(OLD_AREA, "ke-thua/"), KEEPING),
    Page("deputy_list", "/quan-tri/thay-mat/", REVIEWING),
    Page("deputy_record", "/quan-tri/thay-mat/ghi/", REVIEWING),
    Page("handover_list", "/quan-tri/ban-giao/", REVIEWING),
    Page("handover_record", "/quan-tri/ban-giao/ghi/", REVIEWING),
]
ELSEWHERE = {
    *PEOPLE_ELSEWHERE,
    "idle_account_ask",
    "idle_account_sent",
    "idle_account_reopen",
    "deputy_end",
    "session_state",
    "session_continue",
    "form_draft_save",
    "form_draft_discard",
    "kept_form_discard",
}
