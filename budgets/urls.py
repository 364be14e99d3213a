"""Addresses of the room ``budgets``."""

from django.urls import path

from budgets.views import budget_lines, support_agreements

urlpatterns = [
    path(
        "ke-hoach/<slug:plan_code>/kinh-phi/",
        budget_lines.budget_line_list,
        name="budget_line_list",
    ),
    path(
        "ho-tro/<int:pk>/thoa-thuan/",
        support_agreements.support_agreement_propose,
        name="support_agreement_propose",
    ),
    path(
        "ho-tro/<int:pk>/thoa-thuan/duyet/",
        support_agreements.support_agreement_approve,
        name="support_agreement_approve",
    ),
    path(
        "ho-tro/<int:pk>/thoa-thuan/tra-lai/",
        support_agreements.support_agreement_return,
        name="support_agreement_return",
    ),
]
