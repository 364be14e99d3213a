"""The pages of the plan."""

from tests.browser.pages import DOST, Page

PAGES = [
    Page("overview", "/tong-quan/"),
    Page("plan_detail", "/ke-hoach/191/"),
    Page("objective_list", "/ke-hoach/191/muc-tieu/"),
    Page("plan_item_list", "/ke-hoach/191/noi-dung/"),
    Page("responsibility_list", "/ke-hoach/191/trach-nhiem/"),
    Page("text_issue_list", "/ke-hoach/191/diem-chua-ro/"),
    Page("text_issue_list", "/ke-hoach/191/diem-chua-ro/?ngay=14/12/2022"),
    Page("plan_proposal_list", "/ke-hoach/191/quyet-dinh/"),
    *(
        Page("plan_proposal_add", f"/ke-hoach/191/quyet-dinh/{address}/", DOST)
        for address in (
            "chi-tieu/them/K18",
            "cach-hieu/them/C05",
            "phan-cong/them/B1.2.7",
            "cach-tinh/them/K06",
        )
    ),
    Page("output_add", "/ke-hoach/191/chi-tieu/K01/dau-ra/them/", DOST),
    Page("indicator_detail", "/ke-hoach/191/chi-tieu/K01/"),
    Page("task_list", "/ke-hoach/191/nhiem-vu/"),
    Page("task_list", "/ke-hoach/191/nhiem-vu/?q=khongcotunay"),
    Page("task_list", "/ke-hoach/191/nhiem-vu/?phase=P9"),
    Page("task_detail", "/ke-hoach/191/nhiem-vu/B1.2.7/"),
    Page("task_list", "/ke-hoach/191/nhiem-vu/?ngay=14/12/2025&status=late"),
    Page("task_detail", "/ke-hoach/191/nhiem-vu/B1.1.1/?ngay=14/12/2025"),
    Page("task_evidence", "/ke-hoach/191/nhiem-vu/B1.1.1/can-cu/2025-12-14/tu-so/"),
    Page("indicator_list", "/ke-hoach/191/chi-tieu/"),
    Page("indicator_list", "/ke-hoach/191/chi-tieu/?status=late"),
    Page("indicator_detail", "/ke-hoach/191/chi-tieu/K06/"),
    Page("indicator_detail", "/ke-hoach/191/chi-tieu/K06/?ngay=14/12/2025"),
    Page("indicator_detail", "/ke-hoach/191/chi-tieu/K06/?ngay=khong-phai-ngay"),
    Page(
        "indicator_evidence",
        "/ke-hoach/191/chi-tieu/K18/bang-chung/2026-11-20/mau-so/",
    ),
    Page(
        "indicator_evidence",
        "/ke-hoach/191/chi-tieu/K06/bang-chung/2025-12-14/tu-so/?q=khongcotunay",
    ),
]
# The acts on a decision and on an output are tried in tests/browser/test_plan_decisions.py.
ELSEWHERE = {
    "home",
    "output_edit",
    "output_void",
    "plan_current",
    "plan_proposal_approve",
    "plan_proposal_edit",
    "plan_proposal_return",
    "plan_proposal_void",
}
