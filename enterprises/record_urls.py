"""The addresses of the records that hang on an enterprise, one set for each kind."""

from django.urls import URLPattern, path

from enterprises.kinds import KINDS, RecordKind
from enterprises.views import catalogues, key_lists, lists, records


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
    path("san-pham/", lists.product_list, name="product_list"),
    path("danh-muc-trong-diem/", lists.key_list, name="key_list"),
    path("danh-muc-trong-diem/cho-duyet/", lists.key_list_approval, name="key_list_approval"),
    path(
        "danh-muc-trong-diem/duyet/",
        key_lists.key_list_entry_approve,
        name="key_list_entry_approve",
    ),
    path(
        "danh-muc-trong-diem/<int:pk>/tra-lai/",
        key_lists.key_list_entry_return,
        name="key_list_entry_return",
    ),
    path(
        "danh-muc-trong-diem/<int:pk>/rut-thay-doi/",
        key_lists.key_list_entry_drop_change,
        name="key_list_entry_drop_change",
    ),
    path("giay-chung-nhan/", lists.certificate_list, name="certificate_list"),
    path("tieu-chuan/", lists.standard_list, name="standard_list"),
    path("tieu-chuan/them/", catalogues.standard_add, name="standard_add"),
    path("tieu-chuan/<int:pk>/", catalogues.standard_detail, name="standard_detail"),
    path("tieu-chuan/<int:pk>/sua/", catalogues.standard_edit, name="standard_edit"),
    path("cong-cu/", lists.improvement_tool_list, name="improvement_tool_list"),
    path("cong-cu/them/", catalogues.improvement_tool_add, name="improvement_tool_add"),
    path("cong-cu/<int:pk>/sua/", catalogues.improvement_tool_edit, name="improvement_tool_edit"),
    path("nang-suat/he-so/", catalogues.coefficients_list, name="coefficients_list"),
    path("nang-suat/he-so/them/", catalogues.coefficients_add, name="coefficients_add"),
    path(
        "nang-suat/he-so/<int:pk>/duyet/",
        catalogues.coefficients_approve,
        name="coefficients_approve",
    ),
    path(
        "nang-suat/he-so/<int:pk>/huy-bo/",
        catalogues.coefficients_void,
        name="coefficients_void",
    ),
]
