"""The pages of the records that hang on an enterprise."""

from accounts.choices import Role
from enterprises.kinds import KINDS
from tests.browser.pages import DOST, Page

READING = DOST | {Role.LEADERSHIP, Role.UNIT_OFFICER}

PAGES = [
    Page("standard_list", "/tieu-chuan/"),
    Page("improvement_tool_list", "/cong-cu/"),
    Page("coefficients_list", "/nang-suat/he-so/"),
    Page("standard_add", "/tieu-chuan/them/", DOST),
    Page("improvement_tool_add", "/cong-cu/them/", DOST),
    Page("coefficients_add", "/nang-suat/he-so/them/", DOST),
    *(
        Page(name, path, READING)
        for name, path in (
            ("product_list", "/san-pham/"),
            ("product_list", "/san-pham/?q=khongcotunay"),
            ("product_list", "/san-pham/?ngay=31/02/2026"),
            ("key_list", "/danh-muc-trong-diem/"),
            ("key_list", "/danh-muc-trong-diem/?ngay=14/12/2021"),
            ("certificate_list", "/giay-chung-nhan/"),
            ("certificate_list", "/giay-chung-nhan/?expiring=30&state=valid"),
        )
    ),
    Page("key_list_approval", "/danh-muc-trong-diem/cho-duyet/", DOST),
]
# Opened step by step in tests/browser/test_records.py, which makes what they show.
ACTS = {f"{kind.name}_{act}" for kind in KINDS for act in ("add", "edit", "void")}
ENDS = {f"{kind.name}_end" for kind in KINDS if kind.end_fields}
OTHERS = {
    "certificate_expiry_hint",
    "coefficients_approve",
    "coefficients_void",
    "improvement_tool_edit",
    "key_list_entry_approve",
    "key_list_entry_drop_change",
    "key_list_entry_return",
    "standard_detail",
    "standard_edit",
}
ELSEWHERE = ACTS | ENDS | OTHERS
