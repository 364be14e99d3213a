"""What people typed and could not save: kept for them alone, and not for long."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User

ModelT = TypeVar("ModelT", bound="TypedForm")


class TypedFormQuerySet(models.QuerySet[ModelT]):
    """What was typed, asked for by the person who typed it."""

    def visible_to(self, user: User) -> Self:
        """What the person typed, until it expires; nobody else ever sees it."""
        return self.filter(user_id=user.pk, expires_at__gt=timezone.now())

    def expired(self) -> Self:
        """What is to be forgotten."""
        return self.filter(expires_at__lte=timezone.now())


class TypedForm(models.Model):
    """Abstract: the fields of a form as they were sent, without passwords and files.

    ``key`` names the form; ``page`` is the address on which it opens.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(_("form"), max_length=400)
    page = models.CharField(_("page"), max_length=1000)
    title = models.CharField(_("title"), max_length=200, blank=True)
    # Each name with the list of its values.
    data = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    expires_at = models.DateTimeField(_("kept until"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.page

    @property
    def typed(self) -> QueryDict:
        """What was typed, as a request brings it."""
        typed = QueryDict(mutable=True)
        for name, values in self.data.items():
            typed.setlist(name, values)
        return typed


class KeptForm(TypedForm):
    """A form that was posted after the end of its person's session."""

    objects = TypedFormQuerySet["KeptForm"].as_manager()

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        ordering = ("-saved_at", "-pk")
        indexes = (
            models.Index(fields=("user", "key"), name="kept_form_user_key"),
            models.Index(fields=("expires_at",), name="kept_form_expires"),
        )


class FormDraft(TypedForm):
    """What a long form has saved by itself; ``done_at`` when it was sent since."""

    done_at = models.DateTimeField(_("sent at"), null=True)

    objects = TypedFormQuerySet["FormDraft"].as_manager()

    class Meta:
        verbose_name = _("draft of a form")
        verbose_name_plural = _("drafts of forms")
        ordering = ("-saved_at", "-pk")
        indexes = (models.Index(fields=("expires_at",), name="form_draft_expires"),)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "key"),
                name="form_draft_one_per_form",
                violation_error_message=_("There is a draft of this form already."),
            ),
        )
