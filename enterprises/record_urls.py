"""The addresses of the records that hang on an enterprise, one set for each kind."""

from django.urls import URLPattern, path

from enterprises.kinds import KINDS, RecordKind
from enterprises.views import records


def addresses_of(kind: RecordKind) -> list[URLPattern]:
    """Return where records of a kind are added, corrected, ended and voided."""
    place = f"doanh-nghiep/<int:pk>/{kind.slug}"
    acts: list[tuple[str, str, records.View]] = [
        ("add", f"{place}/them/", records.record_add),
        ("edit", f"{place}/<int:record_pk>/sua/", records.record_edit),
        ("void", f"{place}/<int:record_pk>/huy-bo/", records.record_void),
    ]
    if kind.end_fields:
        acts.append(("end", f"{place}/<int:record_pk>/ket-thuc/", records.record_end))
    names = [(f"{kind.name}_{act}", address, view) for act, address, view in acts]
    return [
        path(address, records.named(view, name, kind), name=name) for name, address, view in names
    ]


urlpatterns = [
    *(address for kind in KINDS for address in addresses_of(kind)),
    path(
        "doanh-nghiep/<int:pk>/giay-chung-nhan/goi-y-han/",
        records.certificate_expiry_hint,
        name="certificate_expiry_hint",
    ),
]
