"""Days on which offices work, or not, by a decision and against the calendar."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import NameField
from core.versions import Versioned


class WorkingDayOverride(Versioned):
    """What a decision says of one day; the calendar of public holidays yields to it.

    The calendar is public: whoever is logged in sees all of it.
    """

    day = models.DateField(
        _("day"),
        unique=True,
        error_messages={"unique": _("This day has an entry already; change that one.")},
    )
    is_working = models.BooleanField(_("offices work"))
    reason = NameField(_("reason"), max_length=200)
    decision_number = NameField(_("number of the decision"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("entry of the working calendar")
        verbose_name_plural = _("entries of the working calendar")
        ordering = ("day",)

    def __str__(self) -> str:
        said = _("worked") if self.is_working else _("day off")
        return f"{self.day:%d/%m/%Y}: {said}"

    def get_absolute_url(self) -> str:
        """The calendar of its year."""
        return f"{reverse('working_day_list')}?year={self.day.year}"
