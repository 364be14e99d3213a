"""The catalogues in Django's admin: for administrators with a second factor, and nothing else.

A room names a catalogue in its ``admin.py`` with a ``CatalogueAdmin``. No business act is done
there: acts have services, which ask policies and need a second person.
"""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policies
from audit.services import record

# Logging in, out and changing passwords go their own way, with limits and the second factor.
LEFT_OUT = {"login", "logout", "password_change", "password_change_done"}


class CatalogueAdmin(admin.ModelAdmin):
    """A catalogue: read-only unless ``writable``; nothing is deleted, everything is recorded."""

    writable = False
    actions = None
    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may open the site sees every catalogue."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may open the site sees every catalogue."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only a writable catalogue grows here."""
        return self.writable and self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a writable catalogue is changed here."""
        return self.writable and self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: what is no longer in force ends."""
        return False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: Any) -> None:
        """Save, and record what changed."""
        changed = form.changed_data
        before = None
        if change:
            before = _values(type(obj)._base_manager.get(pk=obj.pk), changed)
        super().save_model(request, obj, form, change)
        after = {name: _plain(form.cleaned_data.get(name)) for name in changed}
        act = "catalogue_change" if change else "catalogue_add"
        record(act=act, by=_person(request), target=obj, before=before, after=after)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Refuse, whoever asks."""
        raise PermissionDenied(_("Entries of a catalogue are not deleted; end them instead."))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Refuse in bulk too."""
        raise PermissionDenied(_("Entries of a catalogue are not deleted; end them instead."))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the audit trail."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the audit trail."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Leave it to the audit trail."""


class CatalogueSite(admin.AdminSite):
    """Django's admin site for catalogues only."""

    site_header = gettext_lazy("Catalogues")
    site_title = gettext_lazy("Catalogues")
    index_title = gettext_lazy("Catalogues")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take catalogues only: what libraries register would go around the services."""
        if admin_class is not None and issubclass(admin_class, CatalogueAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return bool(policies.can_open_catalogues(_person(request)))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        """Answer administrators with a second factor; tell one without what is missing."""
        answer = super().admin_view(view, cacheable)

        def for_administrators(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not policies.is_administrator(request.user):
                raise Http404
            if not (decision := policies.can_open_catalogues(request.user)):
                raise PermissionDenied(decision.reason)
            return answer(request, *args, **kwargs)

        return update_wrapper(for_administrators, view)

    def get_urls(self) -> list[Any]:
        """Leave the addresses of accounts to the login."""
        return [part for part in super().get_urls() if getattr(part, "name", "") not in LEFT_OUT]


def _person(request: HttpRequest) -> Any:
    return request.user


def _values(record: models.Model, names: list[str]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in model_to_dict(record, names).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, QuerySet | list | tuple | set):
        return [_plain(one) for one in value]
    return value
