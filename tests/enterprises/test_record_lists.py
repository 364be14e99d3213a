"""The lists across enterprises: as at a day, of what the person sees, at a constant cost."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from enterprises.choices import CertificateState, EnterpriseKind, Scheme
from enterprises.kinds import TOOL_ADOPTION
from enterprises.models import Enterprise
from tests.enterprises import factories
from tests.enterprises.samples import record_of, tool
from tests.enterprises.test_certificates import D, suspension
from tests.factories import membership, organisation, user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def listed(client: Client, path: str) -> list[Any]:
    """The records that a page lists."""
    response = client.get(path)
    assert response.status_code == 200
    return [row.record for row in response.context["list"].table.rows]


def exported(client: Client, path: str) -> list[list[Any]]:
    """The rows of the workbook of a list, with its heading."""
    response = client.get(path)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def at(day: dt.date) -> str:
    """A day as an address carries it."""
    return f"ngay={day:%d/%m/%Y}"


def products(number: int) -> None:
    """Products with all that hangs on them."""
    for _index in range(number):
        product = factories.product()
        factories.key_entry(product)
        factories.declaration(product)
        factories.certificate(product.enterprise, Scheme.STANDARD, product=product)


def entries(number: int, **values: Any) -> None:
    """Entries of the key lists, about products and enterprises."""
    for index in range(number):
        of = factories.product() if index % 2 else factories.enterprise()
        factories.key_entry(of, **values)


def waiting(number: int) -> None:
    """Entries that wait for approval."""
    maker = user()
    entries(
        number, approved_at=None, recorded_by=maker, prepared_by=maker, prepared_at=timezone.now()
    )


def certificates(number: int) -> None:
    """Certificates that name a standard."""
    for _index in range(number):
        factories.certificate(factories.enterprise(), standard=factories.standard())


LISTS: list[tuple[str, Callable[[int], None]]] = [
    ("/san-pham/", products),
    ("/danh-muc-trong-diem/", entries),
    ("/danh-muc-trong-diem/cho-duyet/", waiting),
    ("/giay-chung-nhan/", certificates),
    ("/tieu-chuan/", certificates),
    ("/cong-cu/", lambda number: [tool() for _index in range(number)] and None),
]


@pytest.mark.parametrize(("path", "make"), LISTS, ids=[path for path, _make in LISTS])
def test_three_rows_and_thirty_cost_the_same_queries_and_go_to_excel(
    path: str, make: Callable[[int], None], client: Client
) -> None:
    client.force_login(user(role=Role.PROGRAMME_LEAD))
    make(3)
    # The menu counts what waits for the person once a minute.
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        assert len(listed(client, path)) == 3
    make(27)
    with CaptureQueriesContext(connection) as many:
        assert len(listed(client, path)) == 30
    assert len(few) == len(many) <= 12
    heading, *rows = exported(client, f"{path}?export=xlsx")
    assert all(heading)
    assert len(rows) == 30


SEEN_BY_UNIT = ["/san-pham/", "/danh-muc-trong-diem/", "/giay-chung-nhan/"]


def owner(row: Any) -> Enterprise:
    """Whose a row of any of these lists is."""
    found: Enterprise = getattr(row, "subject_enterprise", None) or row.enterprise
    return found


@pytest.mark.parametrize("path", SEEN_BY_UNIT)
def test_a_unit_officer_lists_counts_and_exports_what_is_theirs(path: str, client: Client) -> None:
    department = organisation()
    products(2)
    own = Enterprise.objects.order_by("pk").first()
    assert own is not None
    own.managing_departments.add(department)
    person = user()
    membership(person, Role.UNIT_OFFICER, department)
    client.force_login(person)
    response = client.get(path)
    [row] = [row.record for row in response.context["list"].table.rows]
    assert owner(row) == own
    assert len(exported(client, f"{path}?export=xlsx")) == 2
    counts = response.context.get("counts")
    if path == "/giay-chung-nhan/":
        assert counts.valid == 1
    if path == "/danh-muc-trong-diem/":
        assert (counts.products, counts.enterprises) == (1, 0)


@pytest.mark.parametrize("path", SEEN_BY_UNIT)
def test_a_personal_tax_code_is_masked_in_lists_and_exports(path: str, as_officer: Client) -> None:
    enterprise = factories.enterprise(
        tax_code="012345678901", kind=EnterpriseKind.HOUSEHOLD, name="Hộ Kiểm Thử"
    )
    product = factories.product(enterprise)
    factories.key_entry(product)
    factories.certificate(enterprise)
    assert "012345678901" not in as_officer.get(path).content.decode()
    rows = exported(as_officer, f"{path}?export=xlsx")
    assert "012345678901" not in {cell for row in rows for cell in row}
    assert any("•••••••••901" in row for row in rows)


def test_products_are_found_without_accents_by_their_own_name_or_the_enterprise(
    as_officer: Client,
) -> None:
    tea = factories.product(factories.enterprise(name="HTX Suối Giàng"), name="Chè Shan tuyết")
    factories.product(name="Quế vụn")
    for words in ("che shan", "suoi giang", "Chè"):
        assert listed(as_officer, f"/san-pham/?q={words}") == [tea], words
    assert listed(as_officer, "/san-pham/?q=khong co") == []


@pytest.mark.parametrize(
    ("condition", "day", "found"),
    [
        ("listed=yes", D - DAY, False),
        ("listed=yes", D, True),
        ("listed=no", D, False),
        ("declared=yes", D - DAY, False),
        ("declared=yes", D, True),
        ("certified=yes", D - DAY, False),
        ("certified=yes", D, True),
        ("bound=yes", D - DAY, False),
        ("bound=yes", D, True),
        ("bound=no", D - DAY, True),
    ],
)
def test_products_are_narrowed_by_what_is_true_on_the_day(
    condition: str, day: dt.date, found: bool, as_officer: Client
) -> None:
    product = factories.product(obligated=True, obligated_from=D)
    factories.key_entry(product, D)
    factories.declaration(product, D)
    factories.certificate(product.enterprise, Scheme.REGULATION, D, product=product)
    rows = listed(as_officer, f"/san-pham/?{condition}&{at(day)}")
    assert (product in rows) == found


def test_an_entry_is_on_the_list_from_its_first_to_its_last_day(as_officer: Client) -> None:
    entry = factories.key_entry(factories.product(), D, D + DAY)
    for day, found in ((D - DAY, []), (D, [entry]), (D + DAY, [entry]), (D + 2 * DAY, [])):
        assert listed(as_officer, f"/danh-muc-trong-diem/?{at(day)}") == found, day


def test_the_heading_counts_the_lists_on_the_day_whatever_the_filter(as_officer: Client) -> None:
    entries(3)
    response = as_officer.get("/danh-muc-trong-diem/?about=product")
    assert response.context["list"].count == 1
    assert (response.context["counts"].products, response.context["counts"].enterprises) == (1, 2)


@pytest.mark.parametrize(
    ("days_left", "within"),
    [(-1, []), (0, [30, 90]), (30, [30, 90]), (31, [90]), (90, [90]), (91, [])],
)
def test_what_ends_within_30_or_90_days_is_listed_and_counted(
    days_left: int, within: list[int], as_officer: Client
) -> None:
    certificate = factories.certificate(
        factories.enterprise(), on=D - 900 * DAY, expires_on=D + days_left * DAY
    )
    counts = as_officer.get(f"/giay-chung-nhan/?{at(D)}").context["counts"]
    for days in (30, 90):
        rows = listed(as_officer, f"/giay-chung-nhan/?expiring={days}&{at(D)}")
        assert rows == ([certificate] if days in within else [])
        assert counts.expiring[days] == len(rows)


def test_what_a_newer_certificate_follows_or_was_withdrawn_does_not_end_soon(
    as_officer: Client,
) -> None:
    enterprise = factories.enterprise()
    ends = {"on": D - 900 * DAY, "expires_on": D + DAY}
    followed = factories.certificate(enterprise, **ends)
    factories.certificate(enterprise, on=D - DAY, expires_on=D + 900 * DAY)
    factories.certificate(factories.enterprise(), **ends, withdrawn_on=D)
    alone = factories.certificate(enterprise, Scheme.HACCP, **ends)
    rows = listed(as_officer, f"/giay-chung-nhan/?expiring=30&{at(D)}")
    assert followed not in rows
    assert rows == [alone]


@pytest.mark.parametrize("state", CertificateState)
def test_certificates_are_narrowed_by_their_state_on_the_day(
    state: CertificateState, as_officer: Client
) -> None:
    enterprise = factories.enterprise()
    made = {
        CertificateState.VALID: factories.certificate(enterprise),
        CertificateState.UPCOMING: factories.certificate(enterprise, on=D + DAY),
        CertificateState.EXPIRED: factories.certificate(enterprise, expires_on=D - DAY),
        CertificateState.WITHDRAWN: factories.certificate(enterprise, withdrawn_on=D),
        CertificateState.SUSPENDED: factories.certificate(enterprise),
    }
    suspension(made[CertificateState.SUSPENDED], D, D)
    rows = listed(as_officer, f"/giay-chung-nhan/?state={state}&{at(D)}")
    assert rows == [made[state]]


@pytest.mark.parametrize(
    "path", ["/san-pham/", "/danh-muc-trong-diem/", "/giay-chung-nhan/", "/cong-cu/"]
)
@pytest.mark.parametrize("day", ["31/02/2026", "2", "01/01/1200"])
def test_a_day_that_is_none_is_told_at_its_field_and_lists_nothing(
    path: str, day: str, as_officer: Client
) -> None:
    products(1)
    response = as_officer.get(f"{path}?ngay={day}")
    assert list(response.context["list"].filter.form.errors) == ["ngay"]
    assert response.context["list"].count == 0


def test_tools_tell_how_many_enterprises_use_them_on_the_day(as_officer: Client) -> None:
    used = tool()
    record_of(TOOL_ADOPTION, tool=used, valid_from=D, valid_to=D)
    for day, number in ((D - DAY, 0), (D, 1), (D + DAY, 0)):
        [row] = [row for row in listed(as_officer, f"/cong-cu/?{at(day)}") if row.pk == used.pk]
        assert row.used == number


def test_the_search_box_finds_products_and_standards(as_officer: Client, officer: User) -> None:
    factories.product(name="Gạo Séng Cù")
    factories.standard("TCVN 11888:2017")
    for words, code in (("seng cu", "Gạo Séng Cù"), ("11888", "TCVN 11888:2017")):
        page = as_officer.get(f"/tim-kiem/?q={words}").content.decode()
        assert code.split()[0] in page
