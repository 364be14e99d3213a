"""One enterprise of two: everything goes over, what collides is chosen, both can be traced."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.versions import StaleVersionError
from enterprises import merging, services
from enterprises.choices import ProjectKind, RecognitionKind, Scheme
from enterprises.merging_parts import OF_PRODUCT
from enterprises.models import (
    AwardEntry,
    Certificate,
    Contact,
    Dossier,
    Enterprise,
    EnterpriseFigures,
    ImprovementTool,
    KeyListEntry,
    ModelRecognition,
    NetworkMembership,
    Nomination,
    Product,
    ProductivityProject,
    ProductivityYear,
    StandardDeclaration,
    SupportCase,
    ToolAdoption,
)
from tests import factories as people
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

DAY = dt.date(2023, 1, 1)
LATER = dt.date(2024, 6, 30)


@pytest.fixture
def lead(db: None) -> User:
    """A programme lead."""
    return people.user(role=Role.PROGRAMME_LEAD)


@pytest.fixture
def source() -> Enterprise:
    """The enterprise that goes."""
    return factories.enterprise(name="Công ty Nhập Trùng", phone="0214")


@pytest.fixture
def target() -> Enterprise:
    """The enterprise that stays."""
    return factories.enterprise(name="Công ty Chè")


def merge(source: Enterprise, target: Enterprise, by: User, **values: Any) -> Enterprise:
    """Merge them, keeping the target's records wherever they collide."""
    collisions = merging.collisions_of(source, target)
    given = {
        "versions": (None, None),
        "choices": {one.key: "target" for _part, one in collisions},
        "from_source": (),
        "reason": "Đăng ký hai lần",
    }
    return services.enterprise_merge(source=source, target=target, by=by, **{**given, **values})


def productivity_year(of: Enterprise, year: int, *, is_base: bool = False) -> ProductivityYear:
    """Productivity figures of a year."""
    money = dict.fromkeys(
        (
            "pretax_profit",
            "labour_cost",
            "depreciation",
            "interest",
            "production_taxes",
            "fixed_assets",
        ),
        1,
    )
    return ProductivityYear.objects.create(
        enterprise=of, year=year, labour=1, is_base=is_base, **money
    )


def everything(of: Enterprise, tool: ImprovementTool) -> dict[type, int]:
    """One record of each kind, the same for whoever calls; how many each kind then has."""
    tea = factories.product(of, name="Chè Shan")
    factories.key_entry(tea, DAY, LATER)
    factories.declaration(tea, DAY, standard=standard())
    factories.certificate(of, Scheme.STANDARD, DAY, product=tea, number="HC-1")
    factories.certificate(of, Scheme.ISO_9001, DAY, number="ISO-1")
    factories.key_entry(of, DAY, LATER)
    Contact.objects.create(enterprise=of, kind="contact", name="Người Mẫu")
    EnterpriseFigures.objects.create(enterprise=of, year=2023, labour=5)
    ToolAdoption.objects.create(enterprise=of, tool=tool, valid_from=DAY)
    ProductivityProject.objects.create(enterprise=of, kind=ProjectKind.PLAN, valid_from=DAY)
    productivity_year(of, 2021, is_base=True)
    ModelRecognition.objects.create(
        enterprise=of, kind=RecognitionKind.PILOT, recognised_on=DAY, decision_number="1/QĐ"
    )
    AwardEntry.objects.create(enterprise=of, year=2023)
    NetworkMembership.objects.create(enterprise=of, valid_from=DAY)
    return {
        Product: 1,
        KeyListEntry: 2,
        StandardDeclaration: 1,
        Certificate: 2,
        EnterpriseFigures: 1,
        ToolAdoption: 1,
        ProductivityProject: 1,
        ProductivityYear: 1,
        ModelRecognition: 1,
        AwardEntry: 1,
        NetworkMembership: 1,
    }


def standard() -> Any:
    """The one standard of these tests."""
    found = StandardDeclaration.objects.first()
    return found.standard if found else factories.standard("TCVN 1")


def test_no_foreign_key_to_an_enterprise_or_product_is_forgotten() -> None:
    registered = {(part.model, part.field) for part in merging.parts()}
    held = {
        (relation.related_model, relation.field.name)
        for relation in Enterprise._meta.related_objects
        if not relation.many_to_many
    }
    assert held - registered == {(Enterprise, "merged_into")}
    of_products = {relation.related_model for relation in Product._meta.related_objects}
    assert of_products == set(OF_PRODUCT)


def test_everything_of_the_one_that_goes_belongs_to_the_one_that_stays(
    source: Enterprise, target: Enterprise, lead: User
) -> None:
    everything(source, ImprovementTool.objects.create(name="5S"))
    department = people.organisation()
    source.managing_departments.add(department)
    assert not merging.collisions_of(source, target)
    # Nominations and support need a plan and have tests of their own.
    of_a_plan = {Dossier, Nomination, SupportCase}
    parts = [part for part in merging.parts() if part.model not in of_a_plan]
    kept = {part: set(part.of(source).values_list("pk", flat=True)) for part in parts}
    assert all(kept.values())
    merge(source, target, lead, from_source=["phone"])
    for part, keys in kept.items():
        assert not part.of(source).exists(), part.label
        assert keys <= set(part.of(target).values_list("pk", flat=True)), part.label
    target.refresh_from_db()
    assert (target.phone, target.name) == ("0214", "Công ty Chè")
    assert list(target.managing_departments.all()) == [department]
    for query in (source.tax_code, "che shan"):
        assert list(Enterprise.objects.matching(query)) == [target]


@pytest.mark.parametrize("side", ["source", "target"])
def test_of_what_collides_the_chosen_side_stays_and_the_other_is_voided(
    side: str, source: Enterprise, target: Enterprise, lead: User
) -> None:
    tool = ImprovementTool.objects.create(name="5S")
    for one in (source, target):
        kinds = everything(one, tool)
    collisions = [one for _part, one in merging.collisions_of(source, target)]
    assert len(collisions) == sum(kinds.values())
    chosen = {
        record for one in collisions for record in (one.source if side == "source" else one.target)
    }
    merge(source, target, lead, choices={one.key: side for one in collisions})
    for kind, number in kinds.items():
        standing = set(kind.objects.standing())
        assert standing == {record for record in chosen if isinstance(record, kind)}
        assert len(standing) == number
        voided = kind.objects.exclude(voided_at=None)
        assert voided.count() == number
        assert {one.voided_reason for one in voided} == {"Gộp doanh nghiệp: Đăng ký hai lần"}
    product = Product.objects.standing().get()
    assert product.enterprise == target
    for kind in OF_PRODUCT:
        assert {one.product for one in kind.objects.exclude(product=None)} == {product}


def test_without_a_choice_for_each_collision_nothing_changes(
    source: Enterprise, target: Enterprise, lead: User
) -> None:
    tool = ImprovementTool.objects.create(name="5S")
    for one in (source, target):
        everything(one, tool)
    choices = {one.key: "target" for _part, one in merging.collisions_of(source, target)}
    choices.pop(next(key for key in choices if key.startswith("product-")))
    with pytest.raises(DomainError, match="Sản phẩm"):
        merge(source, target, lead, choices=choices)
    source.refresh_from_db()
    assert source.merged_into is None
    assert not Product.objects.exclude(voided_at=None)


def test_entries_that_hang_together_by_their_days_are_one_choice(
    source: Enterprise, target: Enterprise
) -> None:
    for first, last in ((1, 10), (20, 30)):
        factories.key_entry(target, dt.date(2023, 1, first), dt.date(2023, 1, last))
    factories.key_entry(source, dt.date(2023, 1, 10), dt.date(2023, 1, 20))
    factories.key_entry(source, dt.date(2023, 1, 31))
    found = [one for _part, one in merging.collisions_of(source, target)]
    assert [(len(one.source), len(one.target)) for one in found] == [(1, 2)]


def test_two_baseline_years_are_a_choice_that_must_hold(
    source: Enterprise, target: Enterprise, lead: User
) -> None:
    kept = productivity_year(target, 2021, is_base=True)
    for year, is_base in ((2021, False), (2022, True)):
        productivity_year(source, year, is_base=is_base)
    keys = [one.key for _part, one in merging.collisions_of(source, target)]
    same_year, base = sorted(keys, key=lambda key: key.startswith("base-"))
    with pytest.raises(DomainError, match="Năm gốc"):
        merge(source, target, lead, choices={same_year: "source", base: "target"})
    merge(source, target, lead, choices={same_year: "target", base: "target"})
    assert ProductivityYear.objects.standing().get(is_base=True) == kept
    assert ProductivityYear.objects.standing().filter(enterprise=target).count() == 2


def test_a_merged_enterprise_is_traced_from_both_sides(
    source: Enterprise, target: Enterprise, lead: User, client: Client
) -> None:
    merge(source, target, lead)
    client.force_login(lead)
    gone = client.get(source.get_absolute_url()).content.decode()
    assert f'href="{target.get_absolute_url()}"' in gone
    assert "Đăng ký hai lần" in gone
    stays = client.get(target.get_absolute_url()).content.decode()
    assert f'href="{source.get_absolute_url()}"' in stays
    listed = client.get(reverse("enterprise_list")).context["list"].table.data.data
    assert list(listed) == [target]
    listed = client.get(reverse("enterprise_list"), {"state": "merged"})
    assert list(listed.context["list"].table.data.data) == [source]
    entries = Entry.objects.filter(act="enterprise_merge")
    assert {entry.target_id for entry in entries} == {str(source.pk), str(target.pk)}
    code = source.tax_codes.model.objects.get(tax_code=source.tax_code)
    assert code.enterprise == target
    assert code.valid_to


def test_the_code_of_the_one_that_went_may_become_that_of_the_one_that_stays(
    source: Enterprise, target: Enterprise, lead: User
) -> None:
    merge(source, target, lead)
    services.enterprise_change_tax_code(
        enterprise=target,
        tax_code=source.tax_code,
        changed_on=None,
        reason="Mã của bên bị gộp mới đúng",
        version=None,
        by=lead,
    )
    target.refresh_from_db()
    assert target.tax_code == source.tax_code


def test_a_merged_enterprise_is_changed_no_more(
    source: Enterprise, target: Enterprise, lead: User
) -> None:
    merge(source, target, lead)
    third = factories.enterprise()
    for act in (
        lambda: merge(source, third, lead),
        lambda: merge(third, source, lead),
        lambda: services.enterprise_edit(
            enterprise=source, values={"name": "X"}, version=None, by=lead
        ),
        lambda: services.contact_add(
            enterprise=source, values={"kind": "contact", "name": "X"}, by=lead
        ),
    ):
        with pytest.raises(NotAllowedError, match="đã gộp vào Công ty Chè"):
            act()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROGRAMME_LEAD}))
def test_only_a_lead_merges(role: Role, source: Enterprise, target: Enterprise) -> None:
    with pytest.raises(NotAllowedError):
        merge(source, target, people.user(role=role))
    source.refresh_from_db()
    assert source.merged_into is None


def test_what_somebody_changed_meanwhile_stops_the_merger(
    source: Enterprise, target: Enterprise, lead: User
) -> None:
    with pytest.raises(StaleVersionError):
        merge(source, target, lead, versions=(source.version, target.version + 1))
    with pytest.raises(DomainError, match="chính nó"):
        merge(source, source, lead)
    with pytest.raises(ValidationError):
        merge(source, target, lead, reason="")


def test_the_page_shows_both_sides_and_asks_for_every_choice(
    source: Enterprise, target: Enterprise, lead: User, client: Client
) -> None:
    for one in (source, target):
        factories.product(one, name="Chè Shan")
    client.force_login(lead)
    url = reverse("enterprise_merge", args=[source.pk])
    assert "Công ty Chè" in client.get(url, {"q": "cong ty che"}).content.decode()
    url = f"{url}?vao={target.pk}"
    page = client.get(url)
    (collision,) = page.context["form"].collision_fields
    given = {
        "field-name": "target",
        "field-phone": "source",
        "reason": "Đăng ký hai lần",
        "source_version": source.version,
        "target_version": target.version,
    }
    answer = client.post(url, given)
    assert f'href="#{collision.auto_id}_0"' in answer.content.decode()
    assert client.post(url, {**given, collision.html_name: "source"}).status_code == 302
    source.refresh_from_db()
    assert source.merged_into == target
    assert target.products.standing().count() == 1
