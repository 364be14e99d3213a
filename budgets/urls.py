"""Addresses of the room ``budgets``."""

from django.urls import path

from budgets.views import budget_lines

urlpatterns = [
    path(
        "ke-hoach/<slug:plan_code>/kinh-phi/",
        budget_lines.budget_line_list,
        name="budget_line_list",
    ),
]
