"""The list of enterprises: filters as at a day, constant queries, indexes, export."""

import datetime as dt
import io
import json

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import AreaLevel, Role
from accounts.models import AdministrativeArea, User
from enterprises import plan_part
from enterprises.choices import CertificateState, Scheme
from enterprises.models import (
    CertificateSuspension,
    Enterprise,
    EnterpriseFigures,
    NetworkMembership,
)
from programs.models import Plan
from programs.plan_sync import PlanSync
from tests import factories as people
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

URL = "/doanh-nghiep/"
DAY = dt.date(2025, 12, 14)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


def listed(client: Client, **query: str) -> set[Enterprise]:
    """What the list shows as at the day of these tests."""
    answer = client.get(URL, {"ngay": DAY.strftime("%d/%m/%Y"), **query})
    assert answer.status_code == 200
    assert not answer.context["list"].filter.form.errors
    return set(answer.context["list"].table.data.data)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({"on": DAY}, CertificateState.VALID),
        ({"on": AFTER}, CertificateState.UPCOMING),
        ({"expires_on": DAY}, CertificateState.VALID),
        ({"expires_on": BEFORE}, CertificateState.EXPIRED),
        ({"withdrawn_on": DAY}, CertificateState.WITHDRAWN),
        ({"withdrawn_on": AFTER}, CertificateState.VALID),
        ({"suspended": (DAY, DAY)}, CertificateState.SUSPENDED),
        ({"suspended": (BEFORE, BEFORE)}, CertificateState.VALID),
        ({"suspended": (AFTER, None)}, CertificateState.VALID),
        ({"suspended": (DAY, DAY), "expires_on": BEFORE}, CertificateState.EXPIRED),
    ],
)
def test_certificates_by_kind_and_state_at_the_day(
    dates: dict[str, object], state: CertificateState, as_officer: Client
) -> None:
    made, other = factories.enterprise(), factories.enterprise()
    suspended = dates.pop("suspended", None) if "suspended" in dates else None
    given = {"on": dt.date(2021, 1, 1), "withdrawn_reason": "", **dates}
    certificate = factories.certificate(made, Scheme.HACCP, **given)
    factories.certificate(other, Scheme.ISO_9001)
    if suspended:
        first, last = suspended
        CertificateSuspension.objects.create(
            certificate=certificate, valid_from=first, valid_to=last, reason="Thử"
        )
    assert listed(as_officer, scheme="haccp") == {made}
    for one in CertificateState:
        found = listed(as_officer, scheme="haccp", certificate=one)
        assert found == ({made} if one == state else set())
    assert made in listed(as_officer, certificate=state)
    assert (other in listed(as_officer, certificate=state)) == (state == CertificateState.VALID)


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [(DAY, None, True), (DAY, DAY, True), (BEFORE, BEFORE, False), (AFTER, None, False)],
)
def test_key_lists_and_the_network_at_the_day(
    first: dt.date, last: dt.date | None, there: bool, as_officer: Client
) -> None:
    key, owner, member, other = (factories.enterprise() for _ in range(4))
    factories.key_entry(key, first, last)
    factories.key_entry(factories.product(owner), first, last)
    factories.key_entry(other, first, last, approved_at=None)
    NetworkMembership.objects.create(enterprise=member, valid_from=first, valid_to=last)
    assert listed(as_officer, key="enterprise") == ({key} if there else set())
    assert listed(as_officer, key="product") == ({owner} if there else set())
    assert listed(as_officer, network="member") == ({member} if there else set())
    others = {key, owner, other} | (set() if there else {member})
    assert listed(as_officer, network="other") == others


def test_area_department_kind_size_state_and_words(as_officer: Client) -> None:
    plan_part.load(PlanSync(Plan()), None)
    commune, district = (
        AdministrativeArea.objects.create(
            code=code, name=code, level=level, valid_from=people.SINCE
        )
        for code, level in (("X1", AreaLevel.COMMUNE), ("H1", AreaLevel.DISTRICT))
    )
    department = people.organisation()
    placed = factories.enterprise(area=commune, name="Công ty Đặc sản Sa Pa")
    of_old = factories.enterprise(former_district=district, kind="cooperative")
    managed = factories.enterprise(sector="services")
    managed.managing_departments.add(department)
    EnterpriseFigures.objects.create(enterprise=managed, year=2024, labour=5, revenue=1)
    ended = factories.enterprise(ended_on=DAY)
    assert listed(as_officer) == {placed, of_old, managed, ended}
    for query, found in (
        ({"area": "X1"}, {placed}),
        ({"district": "H1"}, {of_old}),
        ({"department": department.code}, {managed}),
        ({"kind": "cooperative"}, {of_old}),
        ({"size": "micro"}, {managed}),
        ({"size": "none"}, {placed, ended}),
        ({"state": "ended"}, {ended}),
        ({"state": "existing"}, {placed, of_old, managed}),
        ({"state": "unverified"}, {placed, of_old, managed, ended}),
        ({"q": "dac san sa pa"}, {placed}),
        ({"q": managed.tax_code}, {managed}),
        ({"q": managed.tax_code, "kind": "household"}, set()),
    ):
        assert listed(as_officer, **query) == found, query
    before = {"ngay": BEFORE.strftime("%d/%m/%Y")}
    assert listed(as_officer, **before, state="ended") == set()
    assert listed(as_officer, ngay="01/01/2023", size="micro") == set()


def test_a_day_that_is_none_is_told_at_its_field(as_officer: Client) -> None:
    factories.enterprise()
    answer = as_officer.get(URL, {"ngay": "31/02/2026"})
    assert answer.context["list"].count == 0
    assert 'href="#id_ngay"' in answer.content.decode()
    assert "Lỗi:" in answer.content.decode().split("</title>")[0]


def test_the_export_is_the_list_and_its_columns_are_called_as_in_the_workbook(
    as_officer: Client,
) -> None:
    for name in ("Công ty B", "Công ty A", "Hợp tác xã C"):
        factories.enterprise(name=name, sector="industry", phone="0214")
    columns = "&columns=kind&columns=sector&columns=area&columns=former_district&columns=address"
    columns += "&columns=representative&columns=phone&columns=email"
    answer = as_officer.get(f"{URL}?q=cong+ty&sort=-name&export=xlsx{columns}")
    assert 'filename="DoanhNghiep-' in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heading, *rows = ([cell.value for cell in row] for row in book["DoanhNghiep"].iter_rows())
    assert heading == [
        "Tên doanh nghiệp", "Mã số thuế", "Loại hình", "Nhóm ngành", "Xã phường", "Huyện cũ",
        "Địa chỉ", "Người đại diện", "Điện thoại", "Email",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["Công ty B", "Công ty A"]
    assert rows[0][2] == "Doanh nghiệp"
    assert rows[0][8] == "0214"


FILTERED = (
    "?q=cong+ty&kind=enterprise&size=micro&key=enterprise&network=member&scheme=haccp"
    "&certificate=valid&state=existing"
)


@pytest.mark.parametrize("query", ["", FILTERED, "?export=xlsx", "?sort=area"])
@pytest.mark.parametrize("role", [Role.PROGRAMME_OFFICER, Role.UNIT_OFFICER])
def test_three_rows_and_thirty_rows_cost_the_same_queries(
    role: Role, query: str, client: Client, plan: Plan
) -> None:
    department = people.organisation()
    user = people.user()
    people.membership(user, role, department)
    client.force_login(user)

    def more(number: int) -> None:
        for _ in range(number):
            made = factories.enterprise(sector="services")
            made.managing_departments.add(department)
            factories.key_entry(made)
            factories.certificate(made, Scheme.HACCP)
            NetworkMembership.objects.create(enterprise=made, valid_from=people.SINCE)
            EnterpriseFigures.objects.create(enterprise=made, year=2024, labour=5, revenue=1)

    # The first request of a session also notes that the person was seen.
    client.get(URL)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(URL + query)
            if answer.streaming:
                b"".join(answer.streaming_content)
            else:
                assert answer.context["list"].count == Enterprise.objects.count()
        return len(queries)

    more(3)
    few = cost()
    more(27)
    assert cost() == few <= 12


MANY = 100_000
FILL = """
INSERT INTO enterprises_enterprise (
    version, search_key, found_by, tax_code, kind, name, sector, main_line, address,
    representative, phone, email, merge_reason, verified_at, area_id
)
SELECT 1, 'doanh nghiep so ' || n || ' ' || md5(n::text), '', '9' || lpad(n::text, 9, '0'),
    'enterprise', 'Doanh nghiệp số ' || n, 'services', '', '', '', '', '', '', now(),
    %s + n %% 2
FROM generate_series(1, %s) n;
INSERT INTO enterprises_product (
    version, search_key, recorded_at, voided_reason, name, "group", obligated, enterprise_id
)
SELECT 1, 'san pham ' || md5('p' || id), now(), '', 'Sản phẩm ' || id, '', false, id
FROM enterprises_enterprise;
INSERT INTO enterprises_certificate (
    version, recorded_at, voided_reason, scheme, scheme_name, number, scope, issuer, issued_on,
    withdrawn_reason, enterprise_id
)
SELECT 1, now(), '', CASE WHEN id %% 100 = 0 THEN 'haccp' ELSE 'iso_9001' END, '', id::text, '',
    '', '2024-01-01', '', id
FROM enterprises_enterprise;
SELECT gin_clean_pending_list('enterprise_search');
ANALYZE enterprises_enterprise, enterprises_product, enterprises_certificate,
    enterprises_enterprisetaxcode, accounts_administrativearea;
"""


# What the statements above fill; the other tables are so small that reading them whole is best.
FILLED = {
    f"enterprises_{name}" for name in ("enterprise", "enterprisetaxcode", "product", "certificate")
}


def sequential_scans(plan: dict) -> set[str]:
    """The filled tables that a plan reads from end to end."""
    found = {plan["Relation Name"]} if plan["Node Type"] == "Seq Scan" else set()
    for part in plan.get("Plans", ()):
        found |= sequential_scans(part)
    return found & FILLED


def test_among_a_hundred_thousand_the_list_reads_its_indexes(client: Client, plan: Plan) -> None:
    commune, other = (
        AdministrativeArea.objects.create(
            code=code, name=code, level=AreaLevel.COMMUNE, valid_from=people.SINCE
        )
        for code in ("X1", "X2")
    )
    assert other.pk == commune.pk + 1
    with connection.cursor() as cursor:
        cursor.execute(FILL, [commune.pk, MANY])
    few = Enterprise.objects.order_by("pk")[:20]
    department = people.organisation()
    for one in few:
        one.managing_departments.add(department)
    named = few[3]
    word, product_word = named.search_key.split()[-1][:8], named.products.get().search_key[9:17]
    unit_officer = people.user()
    people.membership(unit_officer, Role.UNIT_OFFICER, department)
    officer = people.user(role=Role.PROGRAMME_OFFICER)
    for who, query, expected in (
        (officer, {}, MANY),
        (officer, {"q": word}, 1),
        (officer, {"q": product_word}, 1),
        (officer, {"q": named.tax_code}, 1),
        (officer, {"q": word, "area": "X1", "scheme": "iso_9001"}, None),
        (unit_officer, {}, 20),
        (unit_officer, {"q": product_word}, 1),
    ):
        count, rows = statements(client, who, query, expected)
        # Whoever counts all reads all, from the heap or from an index.
        for statement in [rows] if expected == MANY else [count, rows]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
                (explained,) = cursor.fetchone()
            whole = explained if isinstance(explained, list) else json.loads(explained)
            assert not sequential_scans(whole[0]["Plan"]), (query, statement)
    client.force_login(officer)
    client.get(reverse("search"))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(URL, {"scheme": "haccp", "export": "xlsx"})
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(captured) <= 12
    assert book.active.max_row - 1 == MANY / 100


def statements(client: Client, who: User, query: dict[str, str], expected: int | None) -> list[str]:
    """The statements over the register with which the list answers."""
    client.force_login(who)
    client.get(reverse("search"))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("enterprise_list"), query)
    assert len(captured) <= 12
    if expected is not None:
        assert answer.context["list"].count == expected
    found = [one["sql"] for one in captured if 'FROM "enterprises_enterprise"' in one["sql"]]
    assert len(found) == 2
    return found
