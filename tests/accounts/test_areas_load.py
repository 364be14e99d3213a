"""Areas and organisations from their file, and what the portal finds in them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.area_file import AreaFile, read_area_file
from accounts.choices import Role
from accounts.models import AdministrativeArea, AreaSuccession, Organisation, Succession, User
from accounts.services import areas_load, organisation_edit
from audit.models import Entry
from core.data_files import DataFileError
from programs.plan_file import PlanFile
from tests import factories
from tests.factories import BY, user

pytestmark = pytest.mark.django_db

AREAS = Path(settings.BASE_DIR) / "plans" / "areas-laocai.yaml"


@pytest.fixture(scope="module")
def area_file() -> AreaFile:
    """The file of the province."""
    return read_area_file(AREAS)


@pytest.fixture
def loaded(db: None, area_file: AreaFile) -> None:
    """The province, loaded."""
    areas_load(area_file=area_file, by=BY)


def organisation(code: str) -> Organisation:
    """An organisation by its code."""
    return Organisation.objects.get(code=code)


def everything() -> list[list[tuple[object, ...]]]:
    """What is stored of areas and organisations, versions and keys aside."""
    area_fields = ("code", "name", "level", "parent__code", "valid_from", "valid_to", "search_key")
    fields = (
        "code", "name", "short_name", "kind", "parent__code", "area__code", "sectors", "aliases",
        "valid_from", "valid_to", "search_key",
    )  # fmt: skip
    pairs = ("predecessor__code", "successor__code", "on")
    return [
        list(AdministrativeArea.objects.order_by("code").values_list(*area_fields)),
        list(AreaSuccession.objects.order_by(*pairs).values_list(*pairs)),
        list(Organisation.objects.order_by("code").values_list(*fields)),
        list(Succession.objects.order_by(*pairs).values_list(*pairs)),
    ]


def test_loading_twice_changes_nothing_and_is_recorded_once(
    loaded: None, area_file: AreaFile
) -> None:
    before = everything()
    again = areas_load(area_file=area_file, by=BY)
    assert (again.anything, again.kept) == (False, {})
    assert everything() == before
    assert Entry.objects.filter(act="areas_load").count() == 1


def test_a_dry_run_keeps_nothing(area_file: AreaFile) -> None:
    assert areas_load(area_file=area_file, by=BY, dry_run=True).anything
    assert not AdministrativeArea.objects.exists()
    assert not Entry.objects.exists()


def test_the_plan_may_be_loaded_before_or_after(area_file: AreaFile, plan_file: PlanFile) -> None:
    with transaction.atomic():
        factories.load(plan_file)
        areas_load(area_file=area_file, by=BY)
        plan_first = everything()
        transaction.set_rollback(True)
    areas_load(area_file=area_file, by=BY)
    areas_first = everything()
    factories.load(plan_file)
    assert plan_first == areas_first == everything()


def test_what_people_saved_stays_and_is_told(loaded: None, area_file: AreaFile) -> None:
    values = {"short_name": "Sở Công Thương LC"}
    organisation_edit(organisation=organisation("SCT"), values=values, version=None, by=BY)
    done = areas_load(area_file=area_file, by=BY)
    assert not done.anything
    assert list(done.kept) == ["SCT"]
    assert organisation("SCT").short_name == "Sở Công Thương LC"


def test_people_of_a_district_and_a_department_pass_on(
    area_file: AreaFile, plan_file: PlanFile
) -> None:
    factories.load(plan_file)
    since = plan_file.plan.issued_on
    people = {}
    for code in ("UBND-SA-PA", "STTTT"):
        people[code] = user()
        organisation(code).memberships.create(
            user=people[code], role=Role.UNIT_OFFICER, valid_from=since
        )
    areas_load(area_file=area_file, by=BY)
    for code, person in people.items():
        held = User.objects.get(pk=person.pk)
        (before,) = held.memberships_at(dt.date(2025, 2, 28))
        (now,) = held.memberships_at(timezone.localdate())
        assert (before.organisation.code, now.organisation.code) == (code, "SKHCN")
        assert now.role == Role.UNIT_OFFICER


def broken(change: Callable[[str], str], folder: Path) -> Path:
    """The file with a change."""
    path = folder / "areas.yaml"
    path.write_text(change(AREAS.read_text(encoding="utf-8")), encoding="utf-8")
    return path


FAULTS = {
    "code twice": ("{code: '02671'", "{code: '02647'", "có hai lần"),
    "unknown parent": ("parent: '15', from", "parent: '16', from", "chưa có trong tệp"),
    "dates": ("to: 2025-06-30}", "to: 2020-06-30}", "Ngày kết thúc trước ngày bắt đầu"),
    "day between": ("day: 2025-03-01, new: [STC]", "day: 2025-03-02, new: [STC]", "01/03/2025"),
    "unknown successor": ("new: [STC]", "new: [SXX]", "chưa có trong tệp"),
    "unknown area": ("area: '02647'", "area: '99'", "chưa có trong tệp"),
    "level": ("level: commune", "level: village", "village"),
}


@pytest.mark.parametrize(("old", "new", "words"), FAULTS.values(), ids=FAULTS)
def test_a_broken_file_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = broken(lambda text: text.replace(old, new), tmp_path)
    with pytest.raises(DataFileError, match=words) as refused:
        read_area_file(path)
    assert refused.value.sentences[0].startswith("Dòng ")
    with pytest.raises(CommandError, match=words):
        call_command("load_areas", path)
    assert not AdministrativeArea.objects.exists()
