"""What is accepted of what people bring, and the one sentence for what is not."""

import io
import json
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from django.conf import settings

from core.errors import DomainError
from core.files.faults import Fault, UploadRefusedError
from core.files.inspection import inspect_upload
from core.files.kinds import FileKind
from core.files.names import clean_name
from tests.core import files

Make = Callable[[], bytes]

ACCEPTED: dict[str, tuple[Make, FileKind]] = {
    "a PDF": (files.pdf, FileKind.PDF),
    "a PDF with links, signature and first view": (
        lambda: files.pdf(files.signed_and_linked),
        FileKind.PDF,
    ),
    "a PDF with packed objects": (
        lambda: files.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        FileKind.PDF,
    ),
    "a Word file": (files.word, FileKind.DOCX),
    "a Word file with a chart's workbook": (
        lambda: files.repacked(
            files.word(), add={"word/embeddings/Microsoft_Excel_Sheet.xlsx": files.excel()}
        ),
        FileKind.DOCX,
    ),
    "an Excel file": (files.excel, FileKind.XLSX),
    "a PNG picture": (files.png, FileKind.PNG),
    "a JPEG picture": (files.jpeg, FileKind.JPEG),
    "a JPEG picture in several scans": (
        lambda: files.picture("JPEG", progressive=True),
        FileKind.JPEG,
    ),
    "a photograph with what a telephone adds behind it": (
        lambda: files.jpeg() + b"SEFT" + bytes(64),
        FileKind.JPEG,
    ),
}

MAIN = "document.main+xml"
SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ENABLED = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
WORD_RELATIONS = "word/_rels/document.xml.rels"
EXTERNAL = 'TargetMode="External"'


def zipped(**entries: bytes) -> bytes:
    """A ZIP archive that is no document."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return target.getvalue()


def cut(content: bytes) -> bytes:
    """A file whose end is missing."""
    return content[: len(content) * 2 // 3]


def with_wrong_byte(content: bytes) -> bytes:
    """A file with one byte that is not what it was."""
    return content[:60] + bytes([content[60] ^ 1]) + content[61:]


def password_zip() -> bytes:
    """An Excel file whose parts are encrypted by the archive."""
    own = files.entries_of(files.excel())
    own[-1].flags = 1
    return files.archive(own)


def entities() -> bytes:
    """A Word file whose list of types grows without end."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    changed = ("<Types", f"{bomb}<Types")
    return files.repacked(files.word(), change={"[Content_Types].xml": changed})


def nested_bomb() -> bytes:
    """A Word file with a workbook in it that is a bomb."""
    return files.repacked(files.word(), add={"word/embeddings/a.xlsx": files.bomb()})


def nested_deep() -> bytes:
    """Documents in documents in documents."""
    inner = files.excel()
    for _level in range(4):
        inner = files.repacked(files.word(), add={"word/embeddings/a.docx": inner})
    return inner


def two_names() -> bytes:
    """An archive that calls a part one thing in its directory and another at its place."""
    made = files.repacked(files.excel(), add={"xl/aaaaaaaa.bin": b"x"})
    place = made.index(b"xl/aaaaaaaa.bin")
    return made[:place] + b"xl/bbbbbbbb.bin" + made[place + 15 :]


def prefixed(content: bytes) -> bytes:
    """An archive before which something else stands that begins like one."""
    return b"PK\x03\x04" + bytes(60) + content


REFUSED: dict[str, tuple[Make, Fault]] = {
    "0 bytes": (lambda: b"", Fault.EMPTY),
    "text": (lambda: b"Danh s\xc3\xa1ch doanh nghi\xe1\xbb\x87p", Fault.UNKNOWN_TYPE),
    "EICAR alone": (lambda: files.EICAR, Fault.UNKNOWN_TYPE),
    "a RAR archive": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(64), Fault.WRONG_TYPE),
    "a ZIP archive": (lambda: zipped(a=b"b"), Fault.WRONG_TYPE),
    "a Windows program": (lambda: b"MZ\x90\x00" + bytes(500), Fault.PROGRAM),
    "a Linux program": (lambda: b"\x7fELF\x02" + bytes(500), Fault.PROGRAM),
    "a script": (lambda: b"#!/bin/sh\nrm -rf ~\n", Fault.PROGRAM),
    "a program in a Word file": (
        lambda: files.repacked(files.word(), add={"word/media/anh.png": b"MZ" + bytes(99)}),
        Fault.PROGRAM,
    ),
    "an old Excel file": (lambda: files.OLE + bytes(5000), Fault.OLD_OFFICE),
    "an encrypted Excel file": (
        lambda: files.OLE + bytes(70_000) + "EncryptedPackage".encode("utf-16-le"),
        Fault.ENCRYPTED,
    ),
    "an encrypted archive": (password_zip, Fault.ENCRYPTED),
    "a PDF behind a password": (files.encrypted_pdf, Fault.ENCRYPTED),
    "a PDF that forbids copying": (lambda: files.encrypted_pdf(user=""), Fault.ENCRYPTED),
    "a macro workbook": (
        lambda: files.repacked(
            files.typed(files.excel(), SHEET_MAIN, ENABLED), add={"xl/vbaProject.bin": b"x"}
        ),
        Fault.MACRO,
    ),
    "a macro workbook by its type alone": (
        lambda: files.typed(files.excel(), SHEET_MAIN, ENABLED),
        Fault.MACRO,
    ),
    "a macro project by its name alone": (
        lambda: files.repacked(files.word(), add={"word/VBAProject.bin": b"x"}),
        Fault.MACRO,
    ),
    "a macro project under another name": (
        lambda: files.typed(
            files.word(), "</Types>", '<Default Extension="x" ContentType="a/vbaProject"/></Types>'
        ),
        Fault.MACRO,
    ),
    "a macro sheet of old Excel": (
        lambda: files.repacked(files.excel(), add={"xl/macrosheets/sheet1.xml": b"<a/>"}),
        Fault.MACRO,
    ),
    "a control": (
        lambda: files.repacked(files.word(), add={"word/activeX/activeX1.xml": b"<a/>"}),
        Fault.MACRO,
    ),
    "a macro workbook in a Word file": (
        lambda: files.repacked(
            files.word(),
            add={"word/embeddings/a.xlsx": files.typed(files.excel(), SHEET_MAIN, ENABLED)},
        ),
        Fault.MACRO,
    ),
    "an embedded object": (
        lambda: files.repacked(
            files.word(), add={"word/embeddings/oleObject1.bin": files.OLE + bytes(600)}
        ),
        Fault.EMBEDDED,
    ),
    "an archive in a Word file": (
        lambda: files.repacked(files.word(), add={"word/media/a.png": zipped(a=b"b")}),
        Fault.EMBEDDED,
    ),
    "a foreign chunk": (
        lambda: files.with_relation(files.word(), "aFChunk", "a.html", WORD_RELATIONS),
        Fault.EMBEDDED,
    ),
    "a template from the network": (
        lambda: files.with_relation(
            files.word(),
            "attachedTemplate",
            "https://vidu.invalid/a.dotm",
            WORD_RELATIONS,
            EXTERNAL,
        ),
        Fault.EXTERNAL,
    ),
    "a picture from the network": (
        lambda: files.with_relation(
            files.word(), "image", "\\\\vidu.invalid\\a.png", WORD_RELATIONS, EXTERNAL
        ),
        Fault.EXTERNAL,
    ),
    "figures from another workbook": (
        lambda: files.typed(
            files.excel(),
            "</Types>",
            '<Override PartName="/xl/externalLinks/externalLink1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
            'externalLink+xml"/></Types>',
        ),
        Fault.EXTERNAL,
    ),
    "a zip bomb of 500 MB": (files.bomb, Fault.BOMB),
    "a zip bomb that claims 100 bytes": (lambda: files.bomb(claimed_size=100), Fault.BOMB),
    "a zip bomb of 147 KB by sharing": (files.overlapping_bomb, Fault.BOMB),
    "a zip bomb in a Word file": (nested_bomb, Fault.BOMB),
    "documents in documents": (nested_deep, Fault.BOMB),
    "a PDF that unpacks without end": (files.pdf_bomb, Fault.BOMB),
    "a picture of 60.000 × 60.000": (files.huge_png, Fault.BOMB),
    "an unusual way of packing": (lambda: files.bomb(method=12), Fault.DAMAGED),
    "a size that is not true": (
        lambda: files.archive(
            [
                files.Entry(**{**entry.__dict__, "claimed_size": entry.size - 1})
                for entry in files.entries_of(files.excel())
            ]
        ),
        Fault.DAMAGED,
    ),
    "two names for one part": (two_names, Fault.DAMAGED),
    "something before the archive": (lambda: prefixed(files.excel()), Fault.DAMAGED),
    "a way out of the archive": (
        lambda: files.repacked(files.excel(), add={"../../a.xml": b"<a/>"}),
        Fault.DAMAGED,
    ),
    "XML that grows": (entities, Fault.DAMAGED),
    "JavaScript when opened": (lambda: files.pdf(files.script_when_opened), Fault.SCRIPT),
    "JavaScript that nothing leads to": (lambda: files.pdf(files.hidden_script), Fault.SCRIPT),
    "JavaScript in packed objects": (
        lambda: files.pdf(
            files.hidden_script, object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        Fault.SCRIPT,
    ),
    "JavaScript by name": (lambda: files.pdf(files.script_by_name), Fault.SCRIPT),
    "a PDF that starts a program": (lambda: files.pdf(files.launch), Fault.SCRIPT),
    "a PDF that calls an address": (lambda: files.pdf(files.address_when_opened), Fault.SCRIPT),
    "a form that is a program": (lambda: files.pdf(files.dynamic_form), Fault.SCRIPT),
    "a PDF with a file in it": (lambda: files.pdf(files.attached_file), Fault.EMBEDDED),
    "half a PDF": (lambda: cut(files.pdf()), Fault.DAMAGED),
    "half a Word file": (lambda: cut(files.word()), Fault.DAMAGED),
    "half an Excel file": (lambda: cut(files.excel()), Fault.DAMAGED),
    "half a PNG picture": (lambda: cut(files.png()), Fault.DAMAGED),
    "half a JPEG picture": (lambda: cut(files.jpeg()), Fault.DAMAGED),
    "a PNG picture with a wrong byte": (
        lambda: with_wrong_byte(files.png()),
        Fault.DAMAGED,
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_is_accepted(name: str) -> None:
    make, kind = ACCEPTED[name]
    content = make()
    inspected = inspect_upload(io.BytesIO(content))
    assert (inspected.kind, inspected.size) == (kind, len(content))
    assert len(inspected.sha256) == 64


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_in_one_sentence(name: str) -> None:
    make, fault = REFUSED[name]
    with pytest.raises(UploadRefusedError) as refusal:
        inspect_upload(io.BytesIO(make()))
    assert refusal.value.fault == fault
    assert isinstance(refusal.value, DomainError)
    assert refusal.value.message.count(". ") == 0
    assert refusal.value.message.endswith(".")


def test_a_file_beyond_the_limit_is_refused(settings: object) -> None:
    settings.UPLOAD_MAX_MB = 1
    content = files.jpeg() + bytes(files.MEGABYTE)
    with pytest.raises(UploadRefusedError, match="lớn hơn 1 MB") as refusal:
        inspect_upload(io.BytesIO(content))
    assert refusal.value.fault == Fault.TOO_BIG


def test_whoever_takes_excel_only_refuses_pdf() -> None:
    with pytest.raises(UploadRefusedError, match="PDF; chỉ nhận các loại sau: Excel"):
        inspect_upload(io.BytesIO(files.pdf()), allowed=[FileKind.XLSX])


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.xlsx", files.word), ("a.docx", files.excel), ("a.exe", files.pdf), ("a.png", files.jpeg)],
)
def test_a_name_that_does_not_fit_the_content_is_refused(name: str, make: Make) -> None:
    with pytest.raises(UploadRefusedError) as refusal:
        inspect_upload(io.BytesIO(make()), name=name)
    assert refusal.value.fault == Fault.WRONG_NAME


@pytest.mark.parametrize("name", ["a.xlsm", "a.xlsx", "a", ""])
def test_a_macro_workbook_is_one_under_every_name(name: str) -> None:
    content = files.typed(files.excel(), SHEET_MAIN, ENABLED)
    with pytest.raises(UploadRefusedError) as refusal:
        inspect_upload(io.BytesIO(content), name=name)
    assert refusal.value.fault == Fault.MACRO


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Biên bản nghiệm thu.PDF", "Biên bản nghiệm thu.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\An\\Bao cao.pdf", "Bao cao.pdf"),
        ("fdp\u202e.exe.pdf", "fdp.exe.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie- b.pdf"),
        ("  ..  .pdf", "tài liệu.pdf"),
        ("Bie\u0302n ba\u0309n.pdf", "Biên bản.pdf"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("", "tài liệu.pdf"),
    ],
)
def test_a_name_is_kept_without_what_it_hides(given: str, kept: str) -> None:
    assert clean_name(given, FileKind.PDF, otherwise="tài liệu") == kept


MEASURED = """
    import io, json, resource, tempfile, tracemalloc
    import django
    django.setup()
    from core.files.faults import UploadRefusedError
    from core.files.inspection import inspect_upload
    from tests.core import files

    big = {
        "a bomb": files.bomb(),
        "a bomb in a document": files.repacked(
            files.word(), add={"word/embeddings/a.xlsx": files.bomb()}
        ),
        "a PDF bomb": files.pdf_bomb(),
        "a file beyond the limit": files.jpeg() + bytes(26 * files.MEGABYTE),
        "a file near the limit": files.jpeg() + bytes(24 * files.MEGABYTE),
    }
    peaks = {}
    for name, content in big.items():
        with tempfile.TemporaryFile() as file:
            file.write(content)
            tracemalloc.start()
            try:
                inspect_upload(file)
            except UploadRefusedError:
                pass
            peaks[name] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    peaks["the process for PDF"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps(peaks))
"""


def test_memory_stays_bounded_whatever_the_file() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MEASURED)],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    peaks = json.loads(done.stdout)
    assert peaks.pop("the process for PDF") < 400 * files.MEGABYTE
    assert len(peaks) == 5
    assert max(peaks.values()) < 4 * files.MEGABYTE, peaks
