"""Word and Excel files (Office Open XML): packages of parts in a ZIP archive."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO
from xml.parsers import expat

from core.files.archive import Archive, Budget
from core.files.faults import Fault, FaultFoundError
from core.files.kinds import FileKind
from core.files.magic import is_ole, is_program, is_zip

CONTENT_TYPES = "[content_types].xml"
PACKAGE_RELATIONS = "_rels/.rels"
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": (
        FileKind.DOCX
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": FileKind.XLSX,
}
# Parts of these types, whatever they are called. ActiveX controls run like macros.
FORBIDDEN_TYPES = (
    ("macroenabled", Fault.MACRO),
    ("vbaproject", Fault.MACRO),
    ("vbadata", Fault.MACRO),
    ("macrosheet", Fault.MACRO),
    ("activex", Fault.MACRO),
    ("oleobject", Fault.EMBEDDED),
    ("externallink+xml", Fault.EXTERNAL),
    ("connections+xml", Fault.EXTERNAL),
)
FORBIDDEN_NAMES = (
    ("vbaproject", Fault.MACRO),
    ("vbadata", Fault.MACRO),
    ("macrosheets/", Fault.MACRO),
    ("activex", Fault.MACRO),
)
# Chunks of a foreign format that Word takes over when it opens the file.
EMBEDDING_RELATIONS = ("afchunk", "oleobject")
# A link that is followed only when somebody clicks on it.
HARMLESS_EXTERNAL = "hyperlink"
MAX_XML_BYTES = 8 * 1024 * 1024
IN_MEMORY_BYTES = 1024 * 1024
# A chart keeps its figures in a workbook of its own; nothing needs more.
DEEPEST = 2

Attributes = dict[str, str]


def inspect_package(file: IO[bytes], budget: Budget, depth: int = 0) -> FileKind | None:
    """Return what kind of document a ZIP archive is, or nothing if it is no document.

    Raises ``FaultFoundError`` for macros, encryption, embedded objects, external content, for an
    archive that is not whole, and for one that unpacks to more than the budget.
    """
    archive = Archive(file, budget)
    named = {entry.orig_filename.lower(): entry for entry in archive.entries}
    if CONTENT_TYPES not in named:
        return None
    types = _content_types(archive, named.pop(CONTENT_TYPES))
    for name in (*named, *types.values()):
        _check(name, FORBIDDEN_NAMES)
    for content_type in (*types.keys(), *types.values()):
        _check(content_type, FORBIDDEN_TYPES)
    main_part = ""
    for name, entry in named.items():
        pieces = archive.unpack(entry)
        if name.endswith(".rels"):
            relations = _relations(pieces)
            if name == PACKAGE_RELATIONS:
                main_part = relations.get("officedocument", "").lstrip("/").lower()
        else:
            _inspect_part(pieces, budget, depth)
    if main_part not in named:
        return None
    ending = main_part.rpartition(".")[2]
    return MAIN_PARTS.get(types.get(f"/{main_part}") or types.get(ending, ""))


def _check(text: str, forbidden: Iterable[tuple[str, Fault]]) -> None:
    for sign, fault in forbidden:
        if sign in text:
            raise FaultFoundError(fault)


def _inspect_part(pieces: Iterator[bytes], budget: Budget, depth: int) -> None:
    head = next(pieces, b"")
    if is_program(head):
        raise FaultFoundError(Fault.PROGRAM)
    if is_ole(head):
        raise FaultFoundError(Fault.EMBEDDED)
    if not is_zip(head):
        for _piece in pieces:
            pass
        return
    if depth == DEEPEST:
        raise FaultFoundError(Fault.BOMB)
    with SpooledTemporaryFile(IN_MEMORY_BYTES) as inner:
        inner.write(head)
        for piece in pieces:
            inner.write(piece)
        if inspect_package(inner, budget, depth + 1) is None:
            raise FaultFoundError(Fault.EMBEDDED)


def _content_types(archive: Archive, entry: zipfile.ZipInfo) -> dict[str, str]:
    """Return the content type by part name (``/word/document.xml``) or ending (``xml``)."""
    types: dict[str, str] = {}

    def element(name: str, attributes: Attributes) -> None:
        content_type = attributes.get("ContentType", "").lower()
        if name == "Override":
            types[attributes.get("PartName", "").lower()] = content_type
        elif name == "Default":
            types[attributes.get("Extension", "").lower()] = content_type

    _read_xml(archive.unpack(entry), element)
    return types


def _relations(pieces: Iterator[bytes]) -> dict[str, str]:
    """Return the target by kind of relation; raises ``FaultFoundError`` for what leads outside."""
    targets: dict[str, str] = {}

    def element(name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        if kind in EMBEDDING_RELATIONS:
            raise FaultFoundError(Fault.EMBEDDED)
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and kind != HARMLESS_EXTERNAL:
            raise FaultFoundError(Fault.EXTERNAL)
        targets.setdefault(kind, attributes.get("Target", ""))

    _read_xml(pieces, element)
    return targets


def _read_xml(pieces: Iterator[bytes], element: Callable[[str, Attributes], None]) -> None:
    """Call ``element`` for every element, with its name less the prefix."""
    parser = expat.ParserCreate()

    def start(name: str, attributes: Attributes) -> None:
        element(name.rpartition(":")[2], attributes)

    def refuse(*_declaration: object) -> None:
        # Office writes no DTD; its entities are how XML grows without end.
        raise FaultFoundError(Fault.DAMAGED)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            if size > MAX_XML_BYTES:
                raise FaultFoundError(Fault.BOMB)
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes no keyword
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise FaultFoundError(Fault.DAMAGED) from error
