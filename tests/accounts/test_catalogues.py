"""Django's admin: catalogues only, administrators with a second factor only, all of it recorded."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.forms.models import modelform_factory
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from accounts import policies
from accounts.catalogues import CatalogueAdmin, CatalogueSite
from accounts.choices import AreaLevel, Role
from accounts.models import AdministrativeArea, User
from audit.models import Entry
from tests.factories import user
from tests.rights import NO_ROLE, PEOPLE, World

pytestmark = pytest.mark.django_db

INDEX = "admin:index"


def patterns(resolver: URLResolver) -> list[URLPattern]:
    """Every address below."""
    found: list[URLPattern] = []
    for part in resolver.url_patterns:
        found += patterns(part) if isinstance(part, URLResolver) else [part]
    return found


def addresses(area: AdministrativeArea) -> list[str]:
    """Every named address of the admin, with the arguments that each takes."""
    (site,) = (
        part
        for part in get_resolver().url_patterns
        if isinstance(part, URLResolver) and part.namespace == "admin"
    )
    arguments: dict[str, Any] = {
        "object_id": str(area.pk), "app_label": "accounts", "content_type_id": 1,
    }  # fmt: skip
    found = []
    for pattern in patterns(site):
        if pattern.name:
            kwargs = {name: arguments[name] for name in pattern.pattern.converters}
            if "app_label" in str(pattern.pattern):
                kwargs = {"app_label": "accounts"}
            found.append(reverse(f"admin:{pattern.name}", kwargs=kwargs))
    return found


@pytest.fixture
def area(db: None) -> AdministrativeArea:
    """An entry of a catalogue."""
    return AdministrativeArea.objects.create(
        code="X1", name="Xã Mẫu", level=AreaLevel.COMMUNE, valid_from="2025-07-01"
    )


def test_only_administrators_find_anything_there(
    area: AdministrativeArea, settings: Settings
) -> None:
    settings.DEMO = True
    world = World()
    found = addresses(area)
    assert len(found) >= 8
    for who in PEOPLE:
        client = Client()
        client.force_login(world.user(who))
        for address in found:
            for answer in (client.get(address), client.post(address)):
                if who == Role.ADMINISTRATOR:
                    assert answer.status_code != 500, address
                else:
                    # Whoever has no role is told so before any page.
                    assert answer.status_code == (403 if who == NO_ROLE else 404), (who, address)
    client = Client()
    assert client.get(found[0]).headers["Location"].startswith(reverse("account_login"))


def test_nobody_logs_in_or_changes_a_password_there() -> None:
    client = Client()
    client.force_login(user(role=Role.ADMINISTRATOR))
    for path in ("login/", "logout/", "password_change/", "password_change/done/"):
        assert client.get(f"/quan-tri/danh-muc/{path}").status_code in {403, 404}


def test_without_a_second_factor_it_says_what_is_missing(
    client: Client, settings: Settings
) -> None:
    administrator = user(role=Role.ADMINISTRATOR, second_factor=False)
    client.force_login(administrator)
    assert client.get(reverse(INDEX))["Location"] == reverse("mfa_index")
    refused = policies.can_open_catalogues(administrator)
    assert "bước xác thực thứ hai" in refused.reason
    settings.DEMO = True
    assert client.get(reverse(INDEX)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "enough"), [("totp", True), ("webauthn", True), ("recovery_codes", False)]
)
def test_a_second_factor_is_more_than_recovery_codes(kind: str, enough: bool) -> None:
    administrator = user(role=Role.ADMINISTRATOR, second_factor=False)
    assert not User.objects.get(pk=administrator.pk).has_second_factor
    authenticators = apps.get_model("mfa", "Authenticator").objects
    authenticators.create(user=administrator, type=kind, data={})
    assert User.objects.get(pk=administrator.pk).has_second_factor is enough


def test_a_role_that_ended_closes_it_at_once(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    administrator = user(role=Role.ADMINISTRATOR)
    client.force_login(administrator)
    assert client.get(reverse(INDEX)).status_code == 200
    administrator.memberships.update(valid_to="2021-02-01")
    assert client.get(reverse(INDEX)).status_code == 403


def test_only_catalogues_are_there() -> None:
    registered = admin.site._registry
    assert set(registered) == {AdministrativeArea}
    assert all(isinstance(one, CatalogueAdmin) for one in registered.values())
    admin.site.register(User, admin.ModelAdmin)
    admin.site.register(Entry)
    assert set(registered) == {AdministrativeArea}


def test_areas_are_only_looked_at(
    area: AdministrativeArea, client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    client.force_login(user(role=Role.ADMINISTRATOR))
    page = client.get(reverse("admin:accounts_administrativearea_changelist"), {"q": "xa mau"})
    assert "Xã Mẫu" in page.content.decode()
    change = reverse("admin:accounts_administrativearea_change", args=[area.pk])
    assert 'name="name"' not in client.get(change).content.decode()
    for path, data in (
        ("admin:accounts_administrativearea_add", {"name": "Mới"}),
        ("admin:accounts_administrativearea_change", {"name": "Mới"}),
        ("admin:accounts_administrativearea_delete", {"post": "yes"}),
    ):
        args = [] if path.endswith("add") else [area.pk]
        assert client.post(reverse(path, args=args), data).status_code == 403
    data = {"action": "delete_selected", "_selected_action": area.pk, "post": "yes"}
    client.post(reverse("admin:accounts_administrativearea_changelist"), data)
    area.refresh_from_db()
    assert area.name == "Xã Mẫu"


class Writable(CatalogueAdmin):
    """A catalogue that is changed here."""

    writable = True


@pytest.fixture
def writable(settings: Settings) -> Writable:
    """A writable catalogue on a site of its own."""
    settings.DEMO = True
    return Writable(AdministrativeArea, CatalogueSite("test"))


def request_of(person: User) -> HttpRequest:
    """A request of this person."""
    request = RequestFactory().post("/")
    request.user = person
    return request


def test_what_is_changed_there_is_recorded(area: AdministrativeArea, writable: Writable) -> None:
    request = request_of(user(role=Role.ADMINISTRATOR))
    form_class = modelform_factory(AdministrativeArea, fields=["name", "parent"])
    parent = AdministrativeArea.objects.create(
        code="T", name="Tỉnh Mẫu", level=AreaLevel.PROVINCE, valid_from="2021-01-01"
    )
    form = form_class({"name": "Xã Mới", "parent": parent.pk}, instance=area)
    assert form.is_valid()
    writable.save_model(request, form.save(commit=False), form, change=True)
    writable.log_change(request, area, [{"changed": {}}])
    entry = Entry.objects.get(act="catalogue_change")
    assert (entry.actor_id, entry.target_id) == (request.user.pk, str(area.pk))
    assert entry.before == {"name": "Xã Mẫu", "parent": None}
    assert entry.after == {"name": "Xã Mới", "parent": parent.pk}
    assert not LogEntry.objects.exists()


def test_nothing_is_deleted_there_alone_or_in_bulk(
    area: AdministrativeArea, writable: Writable
) -> None:
    request = request_of(user(role=Role.ADMINISTRATOR))
    assert writable.get_actions(request) == {}
    assert not writable.has_delete_permission(request)
    with pytest.raises(PermissionDenied):
        writable.delete_model(request, area)
    with pytest.raises(PermissionDenied):
        writable.delete_queryset(request, AdministrativeArea.objects.all())
    assert AdministrativeArea.objects.count() == 1


def test_whoever_may_not_open_it_changes_nothing_either(writable: Writable) -> None:
    request = request_of(user(role=Role.PROGRAMME_LEAD))
    assert not writable.has_module_permission(request)
    assert not writable.has_view_permission(request)
    assert not writable.has_add_permission(request)
    assert not writable.has_change_permission(request)
