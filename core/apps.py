"""The ground floor: no tables, nothing of the plan."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every room stands on."""

    name = "core"
