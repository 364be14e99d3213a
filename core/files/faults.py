"""What may be wrong with a file, and the sentence that says so and what to do."""

from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class Fault(StrEnum):
    """Why a file is not accepted."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    PROGRAM = "program"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_TYPE = "unknown_type"
    WRONG_NAME = "wrong_name"
    OLD_OFFICE = "old_office"
    ENCRYPTED = "encrypted"
    MACRO = "macro"
    BOMB = "bomb"
    SCRIPT = "script"
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    DAMAGED = "damaged"
    VIRUS = "virus"


SENTENCES: dict[Fault, str | Promise] = {
    Fault.EMPTY: _("The file is empty (0 bytes); choose the right file."),
    Fault.TOO_BIG: _("The file is larger than %(limit)d MB; make it smaller or split it."),
    Fault.PROGRAM: _("The file is a program, whatever its name says; programs are not accepted."),
    Fault.WRONG_TYPE: _(
        "The content of the file is of the type %(found)s; only these are accepted: %(allowed)s."
    ),
    Fault.UNKNOWN_TYPE: _(
        "The content of the file is of no known type; only these are accepted: %(allowed)s."
    ),
    Fault.WRONG_NAME: _(
        "The name of the file ends in %(ending)s, but its content is %(found)s; "
        "give the file its right name."
    ),
    Fault.OLD_OFFICE: _(
        "The file was saved by an old version of Office (.doc, .xls); "
        "save it as .docx or .xlsx and upload it again."
    ),
    Fault.ENCRYPTED: _(
        "The file is encrypted or protected by a password; "
        "take the protection away and upload it again."
    ),
    Fault.MACRO: _(
        "The file contains macros or controls; save it without them (.docx, .xlsx) and "
        "upload it again."
    ),
    Fault.BOMB: _(
        "The file unpacks to far more than an ordinary document; "
        "make it anew from the original and upload that."
    ),
    Fault.SCRIPT: _(
        "The PDF contains a script or a command that runs by itself; "
        "print it into a new PDF and upload that."
    ),
    Fault.EMBEDDED: _(
        "Other files or objects are embedded in the file; take them out, or print the file "
        "into a new PDF, and upload that."
    ),
    Fault.EXTERNAL: _(
        "The file takes content from another file or from the network (template, workbook, "
        "picture, data); break these links and upload it again."
    ),
    Fault.DAMAGED: _(
        "The file is damaged or incomplete; open it, save it anew and upload the new file."
    ),
    Fault.VIRUS: _(
        "A virus was found in the file (%(signature)s); the file was not kept. "
        "Have your computer checked."
    ),
}


class FaultFoundError(Exception):
    """A part of the inspection found something wrong."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class UploadRefusedError(DomainError):
    """The file is not accepted, for the reason ``fault``; nothing of it was kept."""

    def __init__(self, fault: Fault, **values: Any) -> None:
        super().__init__(str(SENTENCES[fault]) % values if values else str(SENTENCES[fault]))
        self.fault = fault
        self.values = values
