"""The forms of the room ``budgets``."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from core.form_fields import WholeNumberField, field_for
from core.forms import VersionedForm
from documents.forms import UploadField
from enterprises.models import SupportCase
from enterprises.services.support_cases import AGREEMENT


class SupportAgreementForm(VersionedForm):
    """Who pays what for a support case (VND)."""

    total = WholeNumberField(
        label=_("Total of the agreement (VND)"),
        min_value=1,
        help_text=_("As the agreement says; both shares add up to it."),
    )
    scan = UploadField(label=_("Scan of the agreement"), required=False)
    field_order = (
        "agreement_number", "agreed_on", "total", "state_share", "enterprise_share", "due_on",
        "scan",
    )  # fmt: skip

    class Meta:
        model = SupportCase
        fields = AGREEMENT
        formfield_callback = field_for
        help_texts: ClassVar = {
            "state_share": _("In đồng, for instance 20.000.000."),
            "enterprise_share": _("In đồng; 0 if the enterprise pays nothing."),
            "due_on": _("By when the support is to be accepted; reminders follow from it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in AGREEMENT:
            self.fields[name].required = name != "due_on"
        self.initial["total"] = self.instance.total
        self.order_fields(self.field_order)

    def _post_clean(self) -> None:
        """The service checks the case as it will stand."""

    @property
    def values(self) -> dict[str, Any]:
        """What was typed of the fields of the case."""
        return {name: self.cleaned_data[name] for name in AGREEMENT}
