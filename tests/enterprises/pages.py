"""The pages of the register of enterprises."""

from accounts.choices import Role
from tests.browser.pages import DOST, Page
from tests.enterprises import nomination_pages, record_pages, support_pages

READERS = DOST | {Role.LEADERSHIP, Role.UNIT_OFFICER}

PAGES = [
    Page("enterprise_list", "/doanh-nghiep/", READERS),
    Page("enterprise_list", "/doanh-nghiep/?q=khongcotunay", READERS),
    Page("enterprise_list", "/doanh-nghiep/?ngay=31/02/2026", READERS),
    Page("enterprise_lookup", "/doanh-nghiep/tra-cuu/", READERS),
    Page("enterprise_create", "/doanh-nghiep/them/", DOST),
    Page("size_threshold_list", "/doanh-nghiep/nguong-quy-mo/", READERS),
    Page("size_threshold_list", "/doanh-nghiep/nguong-quy-mo/?ngay=01/01/1999", READERS),
    Page("size_threshold_add", "/doanh-nghiep/nguong-quy-mo/them/", DOST),
    *record_pages.PAGES,
    *nomination_pages.PAGES,
    *support_pages.PAGES,
]
ELSEWHERE = {
    *record_pages.ELSEWHERE,
    *nomination_pages.ELSEWHERE,
    *support_pages.ELSEWHERE,
    "contact_add",
    "contact_edit",
    "contact_void",
    "enterprise_change_tax_code",
    "enterprise_detail",
    "enterprise_edit",
    "enterprise_end",
    "enterprise_merge",
    "enterprise_verify",
    "size_threshold_approve",
    "size_threshold_void",
}
