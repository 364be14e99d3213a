"""A place of the test's own for files, and a task to hang them on."""

from pathlib import Path

import pytest

from core.files.storage import private_storage
from programs.models import Task
from tests.documents.factories import small_task


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files are kept during a test."""
    folder = tmp_path / "files"
    storage = private_storage()
    monkeypatch.setattr(storage, "base_location", str(folder))
    monkeypatch.setattr(storage, "location", str(folder))
    return folder


@pytest.fixture
def task(db: None) -> Task:
    """A task of a small plan."""
    return small_task()


def files_in(folder: Path) -> list[Path]:
    """What lies in a folder, however deep."""
    return [path for path in folder.rglob("*") if path.is_file()]
