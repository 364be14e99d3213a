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
]
ELSEWHERE = {"home", "plan_current"}
