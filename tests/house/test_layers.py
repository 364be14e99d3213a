"""The rooms stand on each other in one direction only."""

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

FLOORS = list(reversed(settings.ROOMS))


def test_every_foreign_key_points_down() -> None:
    for model in apps.get_models(include_auto_created=True):
        room = model._meta.app_label
        if room not in FLOORS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.related_model
            if target and not field.auto_created:
                below = target._meta.app_label
                assert below in FLOORS, f"{model.__name__}.{field.name} leaves the house"
                assert FLOORS.index(below) <= FLOORS.index(room), f"{model.__name__}.{field.name}"


def own_addresses() -> list[URLPattern]:
    """Every address that a view of the rooms answers."""

    def below(resolver: URLResolver) -> list[URLPattern]:
        found: list[URLPattern] = []
        for part in resolver.url_patterns:
            if isinstance(part, URLResolver):
                # Django's admin is looked at as a whole, in ``test_catalogues.py``.
                found += [] if part.namespace == "admin" else below(part)
            else:
                found.append(part)
        return found

    return [
        pattern
        for pattern in below(get_resolver())
        if pattern.callback.__module__.partition(".")[0] in FLOORS
    ]


def test_an_address_is_named_after_the_view_that_answers_it() -> None:
    own = own_addresses()
    assert len(own) > 10
    for pattern in own:
        assert pattern.name == pattern.callback.__name__
