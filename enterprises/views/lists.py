"""The lists of records across enterprises, as at a day."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.days import day_asked
from core.lists import list_page
from documents.policies import sheet_for
from enterprises import record_policies as policies
from enterprises import record_selectors as selectors
from enterprises.models import KeyListEntry
from enterprises.record_filters import (
    ApprovalFilter,
    CertificateFilter,
    KeyListFilter,
    ProductFilter,
    StandardFilter,
    ToolFilter,
)
from enterprises.record_tables import (
    ApprovalTable,
    CertificateTable,
    KeyListTable,
    ProductTable,
    StandardTable,
    ToolTable,
)


@require_safe
def product_list(request: UserRequest) -> HttpResponseBase:
    """List products and what is true of them on a day."""
    readers_only(request)
    day, _form = day_asked(request)
    return list_page(
        request,
        queryset=selectors.products_at(request.user, day),
        filter_class=ProductFilter,
        table_class=ProductTable,
        template="enterprises/product_list.html",
        export_name="SanPham",
        sheet=sheet_for(request.user, "SanPham"),
        table_options={"day": day},
        context={"day": day},
    )


@require_safe
def key_list(request: UserRequest) -> HttpResponseBase:
    """List the key products and key enterprises as at a day."""
    readers_only(request)
    day, _form = day_asked(request)
    waiting = None
    if policies.can_keep_records(request.user):
        waiting = KeyListEntry.objects.visible_to(request.user).waiting().count()
    return list_page(
        request,
        queryset=selectors.key_list_at(request.user, day),
        filter_class=KeyListFilter,
        table_class=KeyListTable,
        template="enterprises/key_list.html",
        export_name="DanhMucTrongDiem",
        sheet=sheet_for(request.user, "DanhMucTrongDiem"),
        table_options={"day": day},
        context={
            "day": day,
            "counts": selectors.key_list_counts(request.user, day),
            "waiting": waiting,
        },
    )


@require_safe
def key_list_approval(request: UserRequest) -> HttpResponseBase:
    """List what waits for a second person, with boxes for whoever may approve."""
    if not policies.can_keep_records(request.user):
        raise Http404
    waiting = KeyListEntry.objects.visible_to(request.user).waiting()
    rows = selectors.with_holder(waiting).select_related(
        "enterprise", "product__enterprise", "instrument", "prepared_by"
    )
    return list_page(
        request,
        queryset=rows,
        filter_class=ApprovalFilter,
        table_class=ApprovalTable,
        template="enterprises/key_list_approval.html",
        export_name="cho-duyet",
        context={"decision": policies.can_check(request.user), "waiting": waiting.count()},
        table_options={"user": request.user, "all_chosen": "all" in request.GET},
    )


@require_safe
def certificate_list(request: UserRequest) -> HttpResponseBase:
    """List certificates with their state on a day, and those that end soon."""
    readers_only(request)
    day, _form = day_asked(request)
    return list_page(
        request,
        queryset=selectors.certificates_at(request.user, day),
        filter_class=partial(CertificateFilter, user=request.user, day=day),
        table_class=CertificateTable,
        template="enterprises/certificate_list.html",
        export_name="ChungNhan",
        sheet=sheet_for(request.user, "ChungNhan"),
        table_options={"day": day},
        context={"day": day, "counts": selectors.certificate_counts(request.user, day)},
    )


@require_safe
def standard_list(request: UserRequest) -> HttpResponseBase:
    """List the repository of standards."""
    workers_only(request)
    day, _form = day_asked(request)
    return list_page(
        request,
        queryset=selectors.standards_with_use(request.user, day),
        filter_class=StandardFilter,
        table_class=StandardTable,
        template="enterprises/standard_list.html",
        export_name="tieu-chuan",
        context={"decision": policies.can_keep_records(request.user)},
    )


@require_safe
def improvement_tool_list(request: UserRequest) -> HttpResponseBase:
    """List the catalogue of tools with how many enterprises use each on a day."""
    workers_only(request)
    day, _form = day_asked(request)
    decision = policies.can_keep_records(request.user)
    return list_page(
        request,
        queryset=selectors.tools_with_use(request.user, day),
        filter_class=ToolFilter,
        table_class=ToolTable,
        template="enterprises/improvement_tool_list.html",
        export_name="cong-cu",
        context={"day": day, "decision": decision},
        table_options={"may_edit": bool(decision)},
    )


def readers_only(request: UserRequest) -> None:
    """Answer whoever sees no part of the register that the page is not there."""
    if not selectors.reads_register(request.user):
        raise Http404


def workers_only(request: UserRequest) -> None:
    """Answer whoever has no work here that the page is not there."""
    if not request.user.has_any_role:
        raise Http404
