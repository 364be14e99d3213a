"""The annex of selected enterprises as a file."""

import io
from collections.abc import Callable

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from enterprises.models import NominationRound
from reports.documents.model import Document
from reports.documents.pdf import render_annexes_pdf
from reports.documents.xlsx import render_xlsx
from reports.selection_annex import annex_of, decisions_of

DECISION = "quyet-dinh"


@require_safe
def selection_annex_pdf(request: UserRequest, pk: int) -> FileResponse:
    """Hand out the annex as PDF."""
    return _file(request, pk, "pdf", render_annexes_pdf)


@require_safe
def selection_annex_xlsx(request: UserRequest, pk: int) -> FileResponse:
    """Hand out the annex as a workbook."""
    return _file(request, pk, "xlsx", render_xlsx)


def _file(
    request: UserRequest, pk: int, ending: str, render: Callable[[Document], bytes]
) -> FileResponse:
    one = get_object_or_404(NominationRound.objects.visible_to(request.user), pk=pk)
    asked = request.GET.get(DECISION, "")
    known = {str(decision.pk) if decision else "": decision for decision in decisions_of(one)}
    if asked not in known:
        raise Http404
    document = annex_of(request.user, one, known[asked])
    if document is None:
        raise Http404
    name = f"danh-sach-duoc-chon-dot-{one.pk}.{ending}"
    return FileResponse(io.BytesIO(render(document)), as_attachment=True, filename=name)
