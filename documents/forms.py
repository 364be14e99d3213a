"""The forms of the room ``documents``."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files.kinds import FileKind
from documents.choices import AttachmentKind
from documents.models import Attachment

ENDINGS = ",".join(ending for kind in FileKind for ending in kind.endings)


def _what_is_accepted() -> str:
    kinds = ", ".join(kind.label for kind in FileKind)
    return _("%(kinds)s; at most %(limit)d MB; no macros, no password.") % {
        "kinds": kinds,
        "limit": settings.UPLOAD_MAX_MB,
    }


class UploadField(forms.FileField):
    """A file; what is wrong with its content is said by its inspection, an empty one included."""

    widget = forms.FileInput(attrs={"accept": ENDINGS})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(_what_is_accepted, str)())
        super().__init__(allow_empty_file=True, **kwargs)


class AttachmentUploadForm(forms.Form):
    """Hang a file on a record."""

    file = UploadField(label=gettext_lazy("File"))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What the file is, for those who look for it; else its name."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "upload_%s")
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *AttachmentKind.choices]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind of document"), choices=choices)


class _ChangeForm(forms.Form):
    """A change of a file that notices when somebody else changed it meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, attachment: Attachment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attachment = attachment
        self.fields["version"].initial = attachment.version

    def seen_now(self) -> None:
        """Let the next sending count on how the file is now, which the page then shows."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["version"] = str(Attachment.objects.get(pk=self.attachment.pk).version)
        self.data = typed


class AttachmentReplaceForm(_ChangeForm):
    """Bring a newer version."""

    file = UploadField(label=gettext_lazy("New version"))


class AttachmentWithdrawForm(_ChangeForm):
    """Withdraw a file."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the history."),
    )


class ImportUploadForm(forms.Form):
    """Bring a workbook."""

    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx)"),
        # An empty file gets its sentence from whoever looks into it.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": gettext_lazy("Choose the workbook first.")},
    )
