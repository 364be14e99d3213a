"""The acts on certificates and on what happens to them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from enterprises.choices import Scheme
from enterprises.kinds import Record
from enterprises.models import Certificate
from enterprises.services.records import RecordActs


class CertificateActs(RecordActs):
    """The acts on certificates; the end of one is its withdrawal."""

    def store(self, record: Certificate) -> None:
        """Another scheme says its name; the known ones have theirs."""
        if record.scheme == Scheme.OTHER and not record.scheme_name:
            raise ValidationError({"scheme_name": _("Say what the scheme is called.")})
        if record.scheme not in {Scheme.OTHER, Scheme.FOREIGN}:
            record.scheme_name = ""
        super().store(record)


class CertificatePartActs(RecordActs):
    """The acts on suspensions and surveillance audits, which come after the issue."""

    def store(self, record: Record) -> None:
        """Nothing happens to a certificate before it is issued."""
        first = "valid_from" if hasattr(record, "valid_from") else "due_on"
        issued: Any = record.certificate.issued_on
        if getattr(record, first) and getattr(record, first) < issued:
            told = _("The certificate was issued on %(day)s; this day is before.")
            raise ValidationError({first: told % {"day": f"{issued:%d/%m/%Y}"}})
        super().store(record)
