"""A file that hangs on a record, through all its versions."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import NameField, PassageField, search_index
from core.searchable import Searchable, SearchableQuerySet
from core.versions import Versioned
from documents import holders
from documents.choices import AttachmentKind


class AttachmentQuerySet(SearchableQuerySet["Attachment"]):
    """Files."""

    def visible_to(self, user: User) -> Self:
        """Whoever sees the record that a file hangs on sees the file."""
        seen = Q(pk__in=[])
        for holder in holders.registered():
            record = holder.visible_to(user).filter(pk=OuterRef("holder_id"))
            seen |= Q(holder_type=holder.key) & Q(Exists(record))
        return self.filter(seen)

    def of(self, record: models.Model) -> Self:
        """Those of one record."""
        return self.filter(holder_type=record._meta.label_lower, holder_id=record.pk)

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Attachment(Searchable, Versioned):
    """A file of a record: its title and its current version; former versions stay.

    The record is named by model and key, as the history names it: a foreign key cannot point to
    any model, and none may point up.
    """

    searched_fields: ClassVar = ("title",)

    holder_type = models.CharField(_("kind of record"), max_length=100)
    holder_id = models.BigIntegerField(_("key of the record"))
    title = NameField(_("title"), max_length=200)
    kind = models.CharField(_("kind of document"), max_length=20, choices=AttachmentKind)
    current = models.OneToOneField(
        "documents.AttachmentVersion", models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = PassageField(_("reason for the withdrawal"), blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("title", "pk")
        indexes = (
            models.Index(fields=("holder_type", "holder_id"), name="attachment_holder"),
            search_index("attachment_search"),
        )
        constraints = (
            models.CheckConstraint(
                name="attachment_withdrawn_with_reason",
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason=""
                )
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawal_reason="")
                ),
                violation_error_message=_("A file is withdrawn by somebody and with a reason."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the file with its versions."""
        return reverse("attachment_detail", args=[self.pk])

    @cached_property
    def record(self) -> models.Model:
        """The record that the file hangs on."""
        model = holders.of_key(self.holder_type).model
        return model._base_manager.get(pk=self.holder_id)
