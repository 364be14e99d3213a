"""Where kept files lie: outside every web root, under names that tell nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Return where files lie that only a view may hand out."""
    return storages["private"]


def random_name(folder: str) -> str:
    """Return a name within a folder that tells nothing and cannot be guessed."""
    name = token_hex(20)
    return f"{folder}/{name[:2]}/{name}"


@contextmanager
def removed_on_error(storage: Storage, name: str) -> Iterator[None]:
    """Remove the file again if the block, with the transaction in it, fails."""
    try:
        yield
    except BaseException:
        storage.delete(name)
        raise
