"""What waits, in the processes that a test starts."""

from collections.abc import Iterable

from django.apps import AppConfig
from django.utils import timezone

from core.registers import worklist
from core.registers.worklist import Item

PERSON = "xa@demo.invalid"


class WaitingConfig(AppConfig):
    """Registers work."""

    name = "tests.notifications.waiting"

    def ready(self) -> None:
        """Let one thing wait."""
        worklist.register(worklist.Provider("Báo cáo", _find, 10))


def _find(person: object) -> Iterable[Item]:
    if getattr(person, "email", "") == PERSON:
        yield Item("bao-cao:1", "Nộp báo cáo", "/ke-hoach/", timezone.localdate())
