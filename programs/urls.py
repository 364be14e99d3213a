"""Addresses of the room ``programs``; parts of a plan are named by codes that last."""

from django.urls import path, register_converter

from core.converters import DayConverter
from programs.views import (
    evidence,
    indicators,
    outputs,
    overview,
    plan_proposals,
    plans,
    tasks,
)

register_converter(DayConverter, "day")

urlpatterns = [
    path("", overview.home, name="home"),
    path("tong-quan/", overview.overview, name="overview"),
    path("ke-hoach/", plans.plan_current, name="plan_current"),
    path("ke-hoach/<slug:plan_code>/", plans.plan_detail, name="plan_detail"),
    path("ke-hoach/<slug:plan_code>/muc-tieu/", plans.objective_list, name="objective_list"),
    path("ke-hoach/<slug:plan_code>/noi-dung/", plans.plan_item_list, name="plan_item_list"),
    path(
        "ke-hoach/<slug:plan_code>/trach-nhiem/",
        plans.responsibility_list,
        name="responsibility_list",
    ),
    path("ke-hoach/<slug:plan_code>/diem-chua-ro/", plans.text_issue_list, name="text_issue_list"),
    path("ke-hoach/<slug:plan_code>/nhiem-vu/", tasks.task_list, name="task_list"),
    path("ke-hoach/<slug:plan_code>/nhiem-vu/<str:code>/", tasks.task_detail, name="task_detail"),
    path(
        "ke-hoach/<slug:plan_code>/nhiem-vu/<str:code>/can-cu/<day:day>/<slug:part>/",
        evidence.task_evidence,
        name="task_evidence",
    ),
    path("ke-hoach/<slug:plan_code>/chi-tieu/", indicators.indicator_list, name="indicator_list"),
    path(
        "ke-hoach/<slug:plan_code>/chi-tieu/<str:code>/",
        indicators.indicator_detail,
        name="indicator_detail",
    ),
    path(
        "ke-hoach/<slug:plan_code>/chi-tieu/<str:code>/bang-chung/<day:day>/<slug:part>/",
        evidence.indicator_evidence,
        name="indicator_evidence",
    ),
    path(
        "ke-hoach/<slug:plan_code>/chi-tieu/<str:code>/dau-ra/them/",
        outputs.output_add,
        name="output_add",
    ),
    path("ke-hoach/<slug:plan_code>/dau-ra/<int:pk>/sua/", outputs.output_edit, name="output_edit"),
    path("ke-hoach/<slug:plan_code>/dau-ra/<int:pk>/huy/", outputs.output_void, name="output_void"),
    path(
        "ke-hoach/<slug:plan_code>/quyet-dinh/",
        plan_proposals.plan_proposal_list,
        name="plan_proposal_list",
    ),
    path(
        "ke-hoach/<slug:plan_code>/quyet-dinh/<slug:kind>/them/<str:code>/",
        plan_proposals.plan_proposal_add,
        name="plan_proposal_add",
    ),
    *(
        path(
            f"ke-hoach/<slug:plan_code>/quyet-dinh/<slug:kind>/<int:pk>/{slug}/",
            view,
            name=view.__name__,
        )
        for slug, view in (
            ("sua", plan_proposals.plan_proposal_edit),
            ("duyet", plan_proposals.plan_proposal_approve),
            ("tra-lai", plan_proposals.plan_proposal_return),
            ("huy", plan_proposals.plan_proposal_void),
        )
    ),
]
