"""The filters of the room ``notifications``."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.filters import UnkeyedWordsFilter
from core.lists import ListFilter
from core.registers import notices
from notifications.choices import MailState
from notifications.models import Notice, OutboxMail

NEW, READ = "new", "read"


class NoticeFilter(ListFilter):
    """Notices by words, kind and whether they are new."""

    kind = django_filters.ChoiceFilter(label=_("Kind of notice"), empty_label=_("Any kind"))
    state = django_filters.ChoiceFilter(
        choices=[(NEW, _("new")), (READ, _("already read"))],
        method="in_state",
        label=_("State"),
        empty_label=_("Any state"),
    )

    class Meta:
        model = Notice
        fields = ("q", "kind", "state")

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.filters["kind"].extra["choices"] = notices.choices()

    def in_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to what is new or was read."""
        return queryset.filter(read_at__isnull=value == NEW)


class OutboxMailFilter(ListFilter):
    """Mails by words and by how far they are."""

    q = UnkeyedWordsFilter("to", "subject")
    state = django_filters.ChoiceFilter(
        choices=MailState, method="in_state", label=_("State"), empty_label=_("Any state")
    )

    class Meta:
        model = OutboxMail
        fields = ("q", "state")

    def in_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to a state, told from the facts of the mail."""
        match value:
            case MailState.SENT:
                return queryset.filter(sent_at__isnull=False)
            case MailState.FAILED:
                return queryset.filter(failed_at__isnull=False)
        waiting = queryset.filter(sent_at__isnull=True, failed_at__isnull=True)
        if value == MailState.PAUSED:
            return waiting.exclude(error="")
        return waiting.filter(error="")
