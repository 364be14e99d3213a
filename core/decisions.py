"""The answer of a policy: allowed or not, and why not."""

from dataclasses import dataclass
from typing import Self

from core.errors import NotAllowedError


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an act is allowed; ``reason`` is a sentence for the person when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    @classmethod
    def yes(cls) -> Self:
        """The act is allowed."""
        return cls(allowed=True)

    @classmethod
    def no(cls, reason: str) -> Self:
        """The act is refused for this reason."""
        return cls(allowed=False, reason=str(reason))

    @classmethod
    def when(cls, condition: object, otherwise: str) -> Self:
        """The act is allowed if the condition holds, refused with the reason if it does not."""
        return cls.yes() if condition else cls.no(otherwise)

    def require(self) -> None:
        """Raise ``NotAllowedError`` with the reason unless the act is allowed."""
        if not self.allowed:
            raise NotAllowedError(self.reason)
