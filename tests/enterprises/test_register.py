"""Acts on enterprises: what they change, what they refuse, what the history says."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.text import search_key
from core.versions import StaleVersionError
from enterprises import services
from enterprises.choices import EnterpriseKind
from enterprises.models import Contact, Enterprise, EnterpriseTaxCode, Product
from programs.models import Plan
from tests import factories as people
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

PERSONAL = "010086000125"
YESTERDAY = dt.timedelta(days=1)


def created(by: User, **values: Any) -> Enterprise:
    """An enterprise registered by a person."""
    given = {"tax_code": factories.tax_code(), "name": "Công ty Chè", "kind": "enterprise"}
    return services.enterprise_create(values={**given, **values}, by=by)


def household(by: User) -> Enterprise:
    """A household business with a personal number."""
    return created(by, tax_code=PERSONAL, kind=EnterpriseKind.HOUSEHOLD, name="Hộ Giàng A Pháo")


def test_what_the_department_registers_is_verified_and_told(officer: User) -> None:
    department = people.organisation()
    made = created(officer, tax_code="0314409058002", managing_departments=[department])
    assert made.tax_code == "0314409058-002"
    assert made.verified_by == officer
    assert list(made.managing_departments.all()) == [department]
    entry = Entry.objects.get(act="enterprise_create")
    assert entry.after["managing_departments"] == [str(department)]
    assert entry.after["tax_code"] == "0314409058-002"


def test_a_code_of_now_or_then_registers_no_second_enterprise(officer: User) -> None:
    first = created(officer)
    former = first.tax_code
    change(first, factories.tax_code(), officer)
    first.refresh_from_db()
    for code in (former, first.tax_code):
        with pytest.raises(ValidationError, match="đã thuộc Công ty Chè"):
            created(officer, tax_code=code)
    assert Enterprise.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_register_one_code_at_once_make_one_enterprise() -> None:
    by = people.user(role=Role.PROGRAMME_OFFICER)
    code, ready = factories.tax_code(), Barrier(2)

    def register(_number: int) -> str:
        try:
            ready.wait(timeout=20)
            created(by, tax_code=code)
        except (DomainError, ValidationError) as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(register, range(2)))
    assert Enterprise.objects.count() == 1
    assert told[0] == ""
    assert "mã số thuế này" in told[1].lower()
    assert code not in told[1]


def test_a_personal_number_stands_in_no_entry_of_the_history(officer: User) -> None:
    made = household(officer)
    change(made, "010086000333", officer)
    services.enterprise_edit(enterprise=made, values={"name": "Hộ Pháo"}, version=None, by=officer)
    for entry in Entry.objects.all():
        kept = json.dumps([entry.before, entry.after, entry.target_label, entry.reason])
        assert PERSONAL not in kept
        assert "010086000333" not in kept
    assert Entry.objects.get(act="enterprise_change_tax_code").after["tax_code"].endswith("333")


def test_a_household_with_a_personal_number_stays_a_household(officer: User) -> None:
    made = household(officer)
    with pytest.raises(ValidationError, match="Chỉ hộ kinh doanh"):
        services.enterprise_edit(
            enterprise=made, values={"kind": "enterprise"}, version=None, by=officer
        )


def test_two_people_save_one_version_and_the_second_loses_no_text(
    as_officer: Client, officer: User
) -> None:
    made = created(officer)
    url = reverse("enterprise_edit", args=[made.pk])
    form = {"name": made.name, "kind": made.kind, "version": made.version}
    assert as_officer.post(url, {**form, "address": "Phường Sa Pa"}).status_code == 302
    answer = as_officer.post(url, {**form, "address": "Xã Bát Xát", "phone": "0214"})
    page = answer.content.decode()
    assert "Phường Sa Pa" in page
    assert 'value="Xã Bát Xát"' in page
    assert 'value="0214"' in page
    assert "<title>\n  Lỗi:" in page or "Lỗi:" in page.split("</title>")[0]
    made.refresh_from_db()
    assert made.address == "Phường Sa Pa"
    form["version"] = answer.context["form"]["version"].value()
    assert as_officer.post(url, {**form, "address": "Xã Bát Xát"}).status_code == 302
    made.refresh_from_db()
    assert made.address == "Xã Bát Xát"


def test_extra_fields_of_an_edit_change_nothing(as_officer: Client, officer: User) -> None:
    made, other = created(officer), created(officer)
    code = made.tax_code
    data = {
        "name": "Tên mới",
        "kind": made.kind,
        "version": made.version,
        "tax_code": factories.tax_code(),
        "merged_into": other.pk,
        "verified_at": "",
        "ended_on": "01/01/2020",
        "found_by": "x",
    }
    as_officer.post(reverse("enterprise_edit", args=[made.pk]), data)
    made.refresh_from_db()
    assert (made.name, made.tax_code) == ("Tên mới", code)
    assert made.merged_into is None
    assert made.ended_on is None
    assert made.verified_at


def test_an_act_takes_no_more_than_the_profile(officer: User) -> None:
    made, other = created(officer), created(officer)
    values = {
        "name": "Tên mới",
        "tax_code": factories.tax_code(),
        "merged_into": other,
        "verified_at": None,
    }
    services.enterprise_edit(enterprise=made, values=values, version=None, by=officer)
    kept = Enterprise.objects.get(pk=made.pk)
    assert (kept.name, kept.tax_code, kept.merged_into) == ("Tên mới", made.tax_code, None)
    assert kept.verified_at
    new = created(officer, merged_into=other, verified_at=None, ended_on=None)
    assert new.merged_into is None
    assert new.verified_at


def change(
    of: Enterprise, code: str, by: User, on: dt.date | None = dt.date(2026, 1, 1)
) -> Enterprise:
    """Another tax code from a day on; without a day the old one was mistyped."""
    return services.enterprise_change_tax_code(
        enterprise=of, tax_code=code, changed_on=on, reason="Cấp lại", version=None, by=by
    )


def test_a_former_code_keeps_its_days_and_still_finds_the_enterprise(officer: User) -> None:
    made = created(officer)
    former, code = made.tax_code, factories.tax_code()
    change(made, code, officer)
    days = {one.tax_code: (one.valid_from, one.valid_to) for one in made.tax_codes.all()}
    first = dt.date(2026, 1, 1)
    assert days == {former: (None, first - YESTERDAY), code: (first, None)}
    for one in (former, code, former[:6]):
        assert list(Enterprise.objects.matching(one)) == [made]
    with pytest.raises(ValidationError, match="01/01/2026"):
        change(made, factories.tax_code(), officer, first)
    change(made, former, officer, dt.date(2026, 6, 1))
    current = made.tax_codes.get(tax_code=former)
    assert (current.valid_from, current.valid_to) == (dt.date(2026, 6, 1), None)


def test_a_mistyped_code_goes_for_good(officer: User) -> None:
    made = created(officer)
    mistyped, code = made.tax_code, factories.tax_code()
    change(made, code, officer, None)
    assert [one.tax_code for one in made.tax_codes.all()] == [code]
    assert not Enterprise.objects.matching(mistyped)
    created(officer, tax_code=mistyped)


def test_products_and_codes_find_an_enterprise_without_accents(officer: User) -> None:
    made = created(officer, name="Hợp tác xã Ý Dền", kind="cooperative")
    tea = factories.product(made, name="Chè Shan tuyết", group="Đặc sản")
    assert list(Enterprise.objects.matching("htx y den")) == []
    for query in ("hop tac y den", "che shan", "dac san y den", made.tax_code, made.tax_code[2:9]):
        assert list(Enterprise.objects.matching(query)) == [made], query
    tea.name = "Quế"
    tea.save()
    assert not Enterprise.objects.matching("che shan")
    assert list(Enterprise.objects.matching("que")) == [made]
    tea.voided_at, tea.voided_reason = timezone.now(), "Nhầm"
    tea.save()
    assert not Enterprise.objects.matching("que")


def test_a_stale_save_never_takes_a_product_out_of_the_search(officer: User) -> None:
    stale = created(officer)
    factories.product(stale, name="Chè Shan")
    stale.phone = "0214"
    stale.save()
    assert list(Enterprise.objects.matching("che shan")) == [stale]


def test_a_personal_number_is_found_whole_only(officer: User) -> None:
    made = household(officer)
    assert list(Enterprise.objects.matching(PERSONAL)) == [made]
    for part in (PERSONAL[:11], PERSONAL[1:], PERSONAL[-3:], "•••••••••125"):
        assert not Enterprise.objects.matching(part)


@pytest.mark.parametrize("days", [1, 400])
def test_an_end_in_the_future_is_refused(days: int, officer: User) -> None:
    made = created(officer)
    with pytest.raises(ValidationError, match="chưa đến"):
        ended(made, timezone.localdate() + dt.timedelta(days=days), officer)


def ended(of: Enterprise, on: dt.date, by: User) -> Enterprise:
    """The end of an enterprise."""
    return services.enterprise_end(
        enterprise=of, ended_on=on, reason="Giải thể", version=None, by=by
    )


def test_an_enterprise_ends_once_and_not_before_it_began(officer: User) -> None:
    made = created(officer, started_on=dt.date(2020, 5, 1))
    with pytest.raises(ValidationError):
        ended(made, dt.date(2020, 4, 30), officer)
    ended(made, dt.date(2024, 3, 1), officer)
    existing = Enterprise.objects.existing_at
    assert list(existing(dt.date(2024, 2, 29))) == [made]
    assert not existing(dt.date(2024, 3, 1))
    with pytest.raises(NotAllowedError, match="chấm dứt"):
        ended(made, dt.date(2024, 3, 2), officer)


def test_an_enterprise_is_verified_once(officer: User) -> None:
    made = factories.enterprise()
    services.enterprise_verify(enterprise=made, by=officer)
    with pytest.raises(NotAllowedError, match="đã được xác minh"):
        services.enterprise_verify(enterprise=made, by=officer)


def test_a_contact_counts_as_a_change_of_the_enterprise(officer: User) -> None:
    made = created(officer)
    values = {"kind": "contact", "name": "Lý Thị Mẫu", "phone": "0912"}
    contact = services.contact_add(enterprise=made, values=values, by=officer)
    with pytest.raises(StaleVersionError):
        services.enterprise_edit(
            enterprise=made, values={"name": "X"}, version=made.version, by=officer
        )
    services.contact_edit(
        contact=contact, values={"phone": "0913"}, version=contact.version, by=officer
    )
    entry = Entry.objects.get(act="contact_edit")
    assert (entry.before, entry.after) == ({"phone": "0912"}, {"phone": "0913"})
    with pytest.raises(StaleVersionError):
        services.contact_edit(
            contact=contact, values={"phone": "0914"}, version=contact.version, by=officer
        )
    services.contact_void(contact=contact, reason="Nghỉ việc", by=officer)
    assert not Contact.objects.standing()
    with pytest.raises(DomainError):
        services.contact_void(contact=contact, reason="Nghỉ việc", by=officer)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD}))
def test_nobody_else_changes_the_register(role: Role, officer: User) -> None:
    made, other = created(officer), people.user(role=role)
    kept = Enterprise.objects.values().get()
    acts = (
        lambda: created(other),
        lambda: services.enterprise_edit(
            enterprise=made, values={"name": "X"}, version=None, by=other
        ),
        lambda: change(made, factories.tax_code(), other),
        lambda: ended(made, timezone.localdate(), other),
        lambda: services.contact_add(
            enterprise=made, values={"kind": "contact", "name": "X"}, by=other
        ),
    )
    for act in acts:
        with pytest.raises(NotAllowedError, match="Chỉ cán bộ Sở"):
            act()
    assert Enterprise.objects.values().get() == kept
    assert EnterpriseTaxCode.objects.count() == 1


def test_the_page_of_an_enterprise_costs_the_same_whatever_hangs_on_it(
    as_officer: Client, officer: User, plan: Plan
) -> None:
    made = created(officer)

    def more(number: int) -> None:
        for index in range(number):
            values = {"kind": "contact", "name": f"Người {index}"}
            services.contact_add(enterprise=made, values=values, by=officer)
            factories.product(made)
            made.managing_departments.add(people.organisation())
            EnterpriseTaxCode.objects.create(enterprise=made, tax_code=factories.tax_code())

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_officer.get(made.get_absolute_url()).status_code == 200
        return len(queries)

    more(3)
    # The first request of a session also notes that the person was seen.
    cost()
    few = cost()
    more(27)
    assert cost() == few


def test_whoever_writes_found_by_himself_changes_nothing(officer: User) -> None:
    made = created(officer)
    Enterprise.objects.filter(pk=made.pk).update(found_by="khong co that")
    assert not Enterprise.objects.matching("khong co that")
    assert list(Enterprise.objects.matching(made.tax_code)) == [made]


def test_many_products_at_once_are_found_as_well(officer: User) -> None:
    first, second = created(officer), created(officer)
    rows = [
        Product(enterprise=of, name=name, search_key=search_key(name))
        for of, name in ((first, "Chè Shan"), (first, "Quế"), (second, "Quế"))
    ]
    Product.objects.bulk_create(rows)
    assert set(Enterprise.objects.matching("que")) == {first, second}
    assert list(Enterprise.objects.matching("que che shan")) == [first]
    Product.objects.filter(enterprise=first, name="Quế").update(enterprise=second, name="Quế 2")
    assert list(Enterprise.objects.matching("que")) == [second]
    Product.objects.all().delete()
    assert not Enterprise.objects.matching("que")
