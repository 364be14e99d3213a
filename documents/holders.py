"""Records that files may hang on: each room registers its own models when its app is ready.

Who sees the files of a record is whoever sees the record; who may add files is for its room to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from accounts.models import User
from core.decisions import Decision


@dataclass(frozen=True, slots=True)
class Holder:
    """A model whose records hold files; ``slug`` names it in addresses.

    ``own_page`` says that a record has a page with panels, on which its files stand.
    """

    model: type[models.Model]
    slug: str
    may_attach: Callable[[User, Any], Decision]
    own_page: bool

    @property
    def key(self) -> str:
        """How files name the model: ``programs.task``."""
        return self.model._meta.label_lower

    def visible_to(self, user: User) -> models.QuerySet[Any]:
        """Return the records that the person may see."""
        records: Any = self.model._default_manager
        found: models.QuerySet[Any] = records.visible_to(user)
        return found


_holders: dict[str, Holder] = {}


def register(
    model: type[models.Model],
    *,
    slug: str,
    may_attach: Callable[[User, Any], Decision],
    own_page: bool = True,
) -> None:
    """Let files hang on the records of a model.

    The model has ``objects.visible_to(user)`` and ``get_absolute_url``. ``may_attach`` says who may
    add, replace and withdraw files of a record that they see. Without an ``own_page`` the files
    have a page of their own, to which a page of the room links (``attachment_list``).
    """
    if any(slug == holder.slug or model is holder.model for holder in _holders.values()):
        raise ValueError(f"{model._meta.label} or the address {slug} is registered already.")
    holder = Holder(model, slug, may_attach, own_page)
    _holders[holder.key] = holder


def registered() -> list[Holder]:
    """Return every model that files may hang on."""
    return list(_holders.values())


def of_slug(slug: str) -> Holder | None:
    """Return the model that an address names, if there is one."""
    return next((holder for holder in _holders.values() if holder.slug == slug), None)


def of_key(key: str) -> Holder:
    """Return the model that a file names."""
    return _holders[key]


def of_record(record: models.Model) -> Holder | None:
    """Return the model of a record, if files may hang on it."""
    return _holders.get(record._meta.label_lower)


def files_url(record: models.Model) -> str:
    """Return the page of the files of a record."""
    holder = _holders[record._meta.label_lower]
    return reverse("attachment_list", args=[holder.slug, record.pk])


def home_url(record: models.Model) -> str:
    """Return the page on which the files of a record stand."""
    if _holders[record._meta.label_lower].own_page:
        return f"{record_url(record)}#files"
    return files_url(record)


def record_url(record: Any) -> str:
    """Return the page of a record."""
    url: str = record.get_absolute_url()
    return url
