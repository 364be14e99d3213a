"""The entries of the history and the chain over them."""

import datetime as dt
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnlyModel, AppendOnlyQuerySet
from audit.choices import OriginKind


class AuditJSONEncoder(DjangoJSONEncoder):
    """Dates, Decimals and keys as text; unlike Django's, to the microsecond."""

    def default(self, o: Any) -> Any:
        """Return what JSON can hold."""
        return o.isoformat() if isinstance(o, dt.datetime) else super().default(o)


def record_type(record: models.Model) -> str:
    """Return the name that entries keep for the model of a record: ``programs.plan``."""
    return record._meta.label_lower


class EntryQuerySet(AppendOnlyQuerySet["Entry"]):
    """Filters on entries."""

    def about(self, target: models.Model) -> "EntryQuerySet":
        """Return the entries whose target is this record."""
        return self.filter(target_type=record_type(target), target_id=str(target.pk))


class Entry(AppendOnlyModel):
    """One act: who did what to which record, from where, when, and what it changed."""

    at = models.DateTimeField(_("time"), db_default=Now())
    act = models.CharField(_("act"), max_length=100)
    actor_id = models.BigIntegerField(_("person"), null=True)
    actor_name = models.CharField(_("name of the person"), max_length=200)
    origin_kind = models.CharField(_("origin"), max_length=10, choices=OriginKind)
    origin_detail = models.CharField(_("path or name"), max_length=500, blank=True)
    remote_address = models.GenericIPAddressField(_("address"), null=True)
    target_type = models.CharField(_("kind of record"), max_length=100, blank=True)
    target_id = models.CharField(_("key of the record"), max_length=100, blank=True)
    target_label = models.CharField(_("record"), max_length=200, blank=True)
    before = models.JSONField(_("before"), null=True, encoder=AuditJSONEncoder)
    after = models.JSONField(_("after"), null=True, encoder=AuditJSONEncoder)
    reason = models.TextField(_("reason"), blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_entry_target"),
            models.Index(fields=["actor_id"], name="audit_entry_actor"),
            models.Index(fields=["act"], name="audit_entry_act"),
            models.Index(fields=["at"], name="audit_entry_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(act=""),
                name="audit_entry_has_act",
                violation_error_message=_("An entry names its act."),
            ),
            models.CheckConstraint(
                condition=models.Q(origin_kind__in=OriginKind.values),
                name="audit_entry_origin",
                violation_error_message=_("An entry comes from one of the known origins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.target_label}".strip()


class ChainLinkQuerySet(AppendOnlyQuerySet["ChainLink"]):
    """The chain."""


class ChainLink(AppendOnlyModel):
    """The seal of one entry, written by the database when the act commits.

    The digest covers the position, the previous digest and every column of the entry. The entry
    is named without a foreign key, so that verification can also tell that it is missing.
    """

    position = models.BigIntegerField(_("position"), primary_key=True)
    entry_id = models.BigIntegerField(_("entry"), unique=True)
    previous = models.CharField(_("previous digest"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)

    objects = ChainLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the audit chain")
        verbose_name_plural = _("links of the audit chain")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(position__gte=1),
                name="audit_chainlink_position",
                violation_error_message=_("Positions of the chain begin at 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"
