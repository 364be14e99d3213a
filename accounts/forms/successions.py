"""The forms that record which organisation or area continues which."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.forms.organisations import AreaField, OrganisationField
from accounts.models import Membership, Organisation
from core.registers.successions import OpenWork, Piece

MOST_SUCCESSORS = 30


class SuccessionForm(forms.Form):
    """The successors, their first day, and the decision.

    ``count`` says how many successors the form asks for; the button "one more" raises it.
    """

    field_class: ClassVar[type[OrganisationField] | type[AreaField]] = OrganisationField

    on = day_field(
        _("From the day"),
        help_text=_("The first day of the successor; the old one ends the day before."),
    )
    decision_number = forms.CharField(
        label=capfirst(_("number of the decision")), max_length=60, required=False
    )
    decided_on = day_field(capfirst(_("date of the decision")), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    count = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=MOST_SUCCESSORS, required=False
    )

    def __init__(self, *args: Any, predecessor: Any, more: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = predecessor.version
        asked = self._asked() + more
        self.asked = max(1, min(asked, MOST_SUCCESSORS))
        if self.is_bound:
            typed = QueryDict(mutable=True)
            typed.update(self.data)
            typed[self.add_prefix("count")] = str(self.asked)
            self.data = typed
        for number in range(1, self.asked + 1):
            label = _("Successor") if self.asked == 1 else _("Successor %(number)d")
            field = self.field_class(
                label=label % {"number": number} if self.asked > 1 else label,
                required=number == 1,
            )
            field.queryset = field.queryset.exclude(pk=predecessor.pk)  # type: ignore[union-attr]
            self.fields[f"successor_{number}"] = field
        first = [f"successor_{number}" for number in range(1, self.asked + 1)]
        self.order_fields(first)
        self.fields["count"].initial = self.asked

    def _asked(self) -> int:
        typed = self.data.get(self.add_prefix("count"), "") if self.is_bound else ""
        return int(typed) if typed.isdecimal() and len(typed) < 4 else 1

    def unjudged(self) -> None:
        """Tell no errors: what was typed is kept, nobody has asked for a check yet."""
        self._errors = ErrorDict()

    @property
    def successors(self) -> list[Any]:
        """The successors that were chosen, each once, in the order of the form."""
        chosen = (self.cleaned_data.get(f"successor_{n}") for n in range(1, self.asked + 1))
        return list(dict.fromkeys(one for one in chosen if one is not None))

    @property
    def decision(self) -> dict[str, Any]:
        """The decision and the day, as the services take them."""
        names = ("on", "decision_number", "decided_on", "version")
        return {name: self.cleaned_data[name] for name in names}


class AreaSuccessionForm(SuccessionForm):
    """The areas that continue an area."""

    field_class = AreaField


class AssignmentForm(forms.Form):
    """Who goes where: a choice for each role and each piece of open work."""

    def __init__(
        self,
        *args: Any,
        heirs: list[Organisation],
        default: Organisation,
        memberships: Iterable[Membership],
        pieces: Iterable[tuple[OpenWork, Piece]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.heirs = {str(heir.pk): heir for heir in heirs}
        self.rows: dict[str, Any] = {}
        choices = [(key, str(heir)) for key, heir in self.heirs.items()]
        labels = {
            f"membership_{membership.pk}": (
                membership.pk,
                f"{membership.user.full_name}, {membership.get_role_display()}",
            )
            for membership in memberships
        } | {
            f"work_{kind.name}_{piece.key}": (
                f"{kind.name}:{piece.key}",
                f"{kind.label}: {piece.title}",
            )
            for kind, piece in pieces
        }
        for name, (key, label) in labels.items():
            self.rows[name] = key
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, initial=str(default.pk), required=False
            )

    def _assigned(self, start: str) -> dict[Any, Organisation]:
        return {
            key: self.heirs[self.cleaned_data[name]]
            for name, key in self.rows.items()
            if name.startswith(start) and self.cleaned_data[name]
        }

    @property
    def memberships(self) -> dict[Any, Organisation]:
        """The organisation of each role, by the key of the membership."""
        return self._assigned("membership_")

    @property
    def work(self) -> dict[Any, Organisation]:
        """The organisation of each piece of open work."""
        return self._assigned("work_")
