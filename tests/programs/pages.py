"""The pages of the plan."""

from tests.browser.pages import Page

PAGES = [
    Page("overview", "/tong-quan/"),
    Page("plan_detail", "/ke-hoach/191/"),
    Page("objective_list", "/ke-hoach/191/muc-tieu/"),
    Page("plan_item_list", "/ke-hoach/191/noi-dung/"),
    Page("responsibility_list", "/ke-hoach/191/trach-nhiem/"),
    Page("text_issue_list", "/ke-hoach/191/diem-chua-ro/"),
    Page("task_list", "/ke-hoach/191/nhiem-vu/"),
    Page("task_list", "/ke-hoach/191/nhiem-vu/?q=khongcotunay"),
    Page("task_list", "/ke-hoach/191/nhiem-vu/?phase=P9"),
    Page("task_detail", "/ke-hoach/191/nhiem-vu/B1.2.7/"),
    Page("indicator_list", "/ke-hoach/191/chi-tieu/"),
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
ELSEWHERE = {"home", "plan_current"}
