"""Who acts: a person, or the system itself."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anyone an entry can name; the entry keeps copies, so the actor may change or go."""

    @property
    def pk(self) -> int | None:
        """The key of the person, or nothing where no person acted."""

    @property
    def audit_name(self) -> str:
        """The name as it should read in the history years later."""


@dataclass(frozen=True, slots=True)
class System:
    """A command or job that acts without a person."""

    name: str

    @property
    def pk(self) -> None:
        """Nobody: there is no person behind it."""
        return None

    @property
    def audit_name(self) -> str:
        """The name of the command or job."""
        return self.name
