"""Where an act comes from: a request, a command or a background job."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass

from celery import Task

from audit.choices import OriginKind


@dataclass(frozen=True, slots=True)
class Origin:
    """The door, what stood on it (path, command or task name), and the address of the caller."""

    kind: OriginKind
    detail: str = ""
    remote_address: str | None = None


DIRECT = Origin(OriginKind.DIRECT)
_current: ContextVar[Origin] = ContextVar("audit_origin", default=DIRECT)
# A task may run inside a request or another task, which gets its origin back afterwards.
_outside_of_job: dict[str, Token[Origin]] = {}


def current() -> Origin:
    """Return the origin of whatever runs now."""
    return _current.get()


@contextmanager
def origin(kind: OriginKind, detail: str, remote_address: str | None = None) -> Iterator[None]:
    """Name the origin of every act inside the block."""
    token = _current.set(Origin(kind, detail, remote_address))
    try:
        yield
    finally:
        _current.reset(token)


def command(name: str) -> AbstractContextManager[None]:
    """Name a management command as the origin of every act inside the block."""
    return origin(OriginKind.COMMAND, name)


def job_begins(task_id: str, task: "Task[..., object]", **_signal: object) -> None:
    """Name a task as the origin of every act of its run."""
    _outside_of_job[task_id] = _current.set(Origin(OriginKind.JOB, task.name))


def job_ends(task_id: str, **_signal: object) -> None:
    """Restore the origin that was current before the task."""
    _current.reset(_outside_of_job.pop(task_id))
