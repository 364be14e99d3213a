"""The forms of the room ``documents``."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportUploadForm(forms.Form):
    """Bring a workbook."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        max_length=200,
        # An empty file gets its sentence from whoever looks into it.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Choose the workbook first.")},
    )
