"""The form of a size threshold."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from core.form_fields import field_for
from enterprises.models import SizeThreshold
from enterprises.services.thresholds import FIELDS


class SizeThresholdForm(forms.ModelForm):
    """Up to where an enterprise of a sector belongs to a class."""

    class Meta:
        model = SizeThreshold
        fields = FIELDS
        formfield_callback = field_for
        help_texts: ClassVar = {
            "labour": _("This number of people still belongs to the class."),
            "revenue": _("In đồng, for instance 50.000.000.000."),
            "capital": _("In đồng, for instance 20.000.000.000."),
            "valid_from": _("The threshold until now ends on the day before, once approved."),
            "valid_to": _("Leave empty while the rule is in force."),
            "legal_basis": _("The document and its article."),
        }

    def _post_clean(self) -> None:
        """Overlaps count among approved thresholds only: the approval checks them."""
        self.instance = construct_instance(self, self.instance, FIELDS)
        try:
            left_out = self._get_validation_exclusions()  # type: ignore[attr-defined]
            self.instance.full_clean(left_out, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the person typed, by field, for the service."""
        return dict(self.cleaned_data)
