"""The same workbook back, with its wrong cells filled and commented.

The parts of the file are copied byte for byte; only the tags of wrong cells are touched, and what
their colour and comments need is added. So nothing is lost that the office had in its file, and
memory does not depend on its size.
"""

import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, normpath, relpath
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from lxml import etree  # type: ignore[import-untyped] # it brings no types
from openpyxl.utils import column_index_from_string, get_column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
FILL = (
    f'<fill xmlns="{MAIN}"><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/>'
    '<bgColor indexed="64"/></patternFill></fill>'
)
IN_MEMORY = 1 << 20
COPY = 1 << 16
# What stands after the comments of a sheet, in the order that the format prescribes.
AFTER_COMMENTS = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
COMMENTS_ID, DRAWING_ID = "rIdMarks1", "rIdMarks2"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a cell: its row, its place in the row counted from 0, a sentence."""

    row: int
    place: int
    text: str


def mark_workbook(
    source: IO[bytes], target: IO[bytes], marks: Mapping[str, Iterable[Mark]]
) -> None:
    """Write the workbook again with the marks of each sheet, by the name it has in the file."""
    with (
        zipfile.ZipFile(source) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        _Marker(archive, out).mark(marks)


@dataclass
class _Cells:
    """The marks of one sheet by row and place; several of one cell are told together."""

    by_row: dict[int, dict[int, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, mark: Mark) -> None:
        """Say something of a cell."""
        self.by_row[mark.row][mark.place].append(mark.text)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What changes at a place of a part: the tag there gets a style, or something is put in."""

    offset: int
    insert: bytes = b""
    style: int | None = None
    instead: bytes = b""


class _Marker:
    def __init__(self, archive: zipfile.ZipFile, out: zipfile.ZipFile) -> None:
        self.archive, self.out = archive, out
        self.changed: dict[str, etree._Element] = {}
        self.left_out: set[str] = set()
        self.styles_path = ""
        self.styles: dict[int, int] = {}

    def mark(self, marks: Mapping[str, Iterable[Mark]]) -> None:
        book = self._part("xl/workbook.xml")
        relations = self._part("xl/_rels/workbook.xml.rels")
        paths = {one.get("Id"): one for one in relations}
        for one in relations:
            if str(one.get("Type")).endswith("/styles"):
                self.styles_path = _resolved("xl/workbook.xml", str(one.get("Target")))
        sheets = {}
        for sheet in book.iter(f"{{{MAIN}}}sheet"):
            relation = paths[sheet.get(f"{{{RELATIONS}}}id")]
            sheets[str(sheet.get("name"))] = _resolved(
                "xl/workbook.xml", str(relation.get("Target"))
            )
        self.changed["xl/workbook.xml"] = book
        self.changed["xl/_rels/workbook.xml.rels"] = relations
        self._prepare_styles()
        for number, (title, of_sheet) in enumerate(marks.items(), start=1):
            cells = _Cells()
            for mark in of_sheet:
                cells.add(mark)
            if cells.by_row and title in sheets:
                self._mark_sheet(number, sheets[title], cells)
        for entry in self.archive.infolist():
            if entry.filename not in self.left_out and entry.filename not in self.changed:
                with self.archive.open(entry) as part, self.out.open(entry.filename, "w") as copy:
                    shutil.copyfileobj(part, copy, COPY)
        for path, root in self.changed.items():
            text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self.out.writestr(path, text)

    def _part(self, path: str) -> etree._Element:
        if path not in self.changed:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            self.changed[path] = etree.fromstring(self.archive.read(path), parser)
        return self.changed[path]

    def _prepare_styles(self) -> None:
        fills = self._part(self.styles_path).find(f"{{{MAIN}}}fills")
        fills.append(etree.fromstring(FILL))
        fills.set("count", str(len(fills)))
        self.fill = len(fills) - 1

    def _marked_style(self, style: int) -> int:
        """Return the number of a style like this one with the fill of wrong cells."""
        if style not in self.styles:
            formats = self._part(self.styles_path).find(f"{{{MAIN}}}cellXfs")
            like = formats[style] if style < len(formats) else formats[0]
            added = etree.fromstring(etree.tostring(like))
            added.set("fillId", str(self.fill))
            added.set("applyFill", "1")
            formats.append(added)
            formats.set("count", str(len(formats)))
            self.styles[style] = len(formats) - 1
        return self.styles[style]

    def _mark_sheet(self, number: int, path: str, cells: _Cells) -> None:
        texts = {
            f"{get_column_letter(place + 1)}{row}": "\n".join(dict.fromkeys(said))
            for row, of_row in sorted(cells.by_row.items())
            for place, said in sorted(of_row.items())
        }
        with SpooledTemporaryFile(IN_MEMORY) as part:
            with self.archive.open(path) as packed:
                shutil.copyfileobj(packed, part, COPY)
            part.seek(0)
            finder = _Finder(cells, self._marked_style)
            edits = finder.find(part)
            part.seek(0)
            with self.out.open(path, "w") as copy:
                _apply(part, copy, edits)
        self.left_out.add(path)
        self._add_comments(number, path, texts, finder.old_drawing)

    def _add_comments(
        self, number: int, path: str, texts: dict[str, str], old_drawing: str
    ) -> None:
        relations_path = f"{dirname(path)}/_rels/{path.rpartition('/')[2]}.rels"
        if relations_path in self.archive.namelist():
            relations = self._part(relations_path)
        else:
            relations = etree.Element(f"{{{PACKAGE}}}Relationships", nsmap={None: PACKAGE})
            self.changed[relations_path] = relations
        comments: dict[str, str] = {}
        for relation in list(relations):
            kind = str(relation.get("Type")).rpartition("/")[2]
            if kind == "comments":
                old = _resolved(path, str(relation.get("Target")))
                comments |= _read_comments(etree.fromstring(self.archive.read(old)))
                self._forget_type(old)
            # Pictures of the page header are a drawing of the same kind, and stay.
            if kind == "comments" or relation.get("Id") == old_drawing:
                self.left_out.add(_resolved(path, str(relation.get("Target"))))
                relations.remove(relation)
        for cell, text in texts.items():
            comments[cell] = f"{comments[cell]}\n{text}" if cell in comments else text
        comments_path = f"xl/commentsMarks{number}.xml"
        drawing_path = f"xl/drawings/vmlDrawingMarks{number}.vml"
        self.out.writestr(comments_path, "".join(_comments(comments)))
        self.out.writestr(drawing_path, "".join(_drawing(comments)))
        for identity, kind, target in (
            (COMMENTS_ID, "comments", comments_path),
            (DRAWING_ID, "vmlDrawing", drawing_path),
        ):
            relation = etree.SubElement(relations, f"{{{PACKAGE}}}Relationship")
            relation.set("Id", identity)
            relation.set("Type", f"{RELATIONS}/{kind}")
            relation.set("Target", relpath(target, dirname(path)))
        types = self._part("[Content_Types].xml")
        if not any(one.get("Extension") == "vml" for one in types):
            default = etree.Element(f"{{{TYPES}}}Default", Extension="vml")
            default.set("ContentType", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            types.insert(0, default)
        override = etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{comments_path}")
        override.set(
            "ContentType",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
        )

    def _forget_type(self, path: str) -> None:
        types = self._part("[Content_Types].xml")
        for one in list(types):
            if one.get("PartName") == f"/{path}":
                types.remove(one)


class _Finder:
    """Finds where a sheet has to be changed, in one pass over its bytes."""

    def __init__(self, cells: _Cells, marked_style: Any) -> None:
        self.cells, self.marked_style = cells, marked_style
        self.edits: list[_Edit] = []
        self.depth = 0
        self.prefix = ""
        self.row = self.place = 0
        self.left: dict[int, list[str]] = {}
        self.placed = False
        # The relation to the drawing of comments that the sheet had before.
        self.old_drawing = ""

    def find(self, part: IO[bytes]) -> list[_Edit]:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.ParseFile(part)
        return self.edits

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _colon, local = name.rpartition(":")
        here = self.parser.CurrentByteIndex
        if self.depth == 0:
            self.prefix = f"{prefix}:" if prefix else ""
        elif self.depth == 1 and local == "legacyDrawing":
            self.edits.append(_Edit(here, instead=self._link()))
            self.placed = True
            ids = (value for key, value in attributes.items() if key.endswith(":id"))
            self.old_drawing = next(ids, "")
        elif self.depth == 1 and local in AFTER_COMMENTS and not self.placed:
            self.edits.append(_Edit(here, insert=self._link()))
            self.placed = True
        elif local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.left = dict(self.cells.by_row.get(self.row, {}))
            self.place = -1
        elif local == "c" and self.left:
            self._cell(here, attributes)
        self.depth += 1

    def _cell(self, here: int, attributes: dict[str, str]) -> None:
        letters = re.match("[A-Z]+", attributes.get("r", ""))
        self.place = column_index_from_string(letters[0]) - 1 if letters else self.place + 1
        self._put_in(here, before=self.place)
        if self.left.pop(self.place, None):
            style = self.marked_style(int(attributes.get("s", 0)))
            self.edits.append(_Edit(here, style=style))

    def _put_in(self, here: int, before: int | None = None) -> None:
        """Put in marked cells that the row lacks, in their order."""
        lacking = sorted(place for place in self.left if before is None or place < before)
        for place in lacking:
            del self.left[place]
            cell = f"{get_column_letter(place + 1)}{self.row}"
            text = f'<{self.prefix}c r="{cell}" s="{self.marked_style(0)}"/>'
            self.edits.append(_Edit(here, insert=text.encode()))

    def _end(self, name: str) -> None:
        self.depth -= 1
        here = self.parser.CurrentByteIndex
        if name.rpartition(":")[2] == "row" and self.left:
            self._put_in(here)
        if self.depth == 0 and not self.placed:
            self.edits.append(_Edit(here, insert=self._link()))

    def _link(self) -> bytes:
        return f'<{self.prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{DRAWING_ID}"/>'.encode()


_STYLE = re.compile(rb"""\ss\s*=\s*("\d*"|'\d*')""")


def _apply(part: IO[bytes], copy: IO[bytes], edits: Iterable[_Edit]) -> None:
    """Copy a part and change it at the places of the edits, which are in order."""
    for edit in edits:
        _copy(part, copy, edit.offset - part.tell())
        if edit.insert:
            copy.write(edit.insert)
            continue
        tag = _tag(part)
        if edit.instead:
            copy.write(edit.instead if tag.endswith(b"/>") else edit.instead[:-2] + b">")
        else:
            bare = _STYLE.sub(b"", tag)
            name = re.match(rb"<[^\s/>]+", bare)
            end = name.end() if name else 2
            copy.write(bare[:end] + f' s="{edit.style}"'.encode() + bare[end:])
    shutil.copyfileobj(part, copy, COPY)


def _copy(part: IO[bytes], copy: IO[bytes], length: int) -> None:
    while length > 0:
        chunk = part.read(min(length, COPY))
        copy.write(chunk)
        length -= len(chunk)


def _tag(part: IO[bytes]) -> bytes:
    """Read a tag; no attribute of a cell holds the sign that ends it."""
    tag = b""
    while not tag.endswith(b">"):
        tag += part.read(1)
    return tag


def _resolved(base: str, target: str) -> str:
    """Return the path in the file that a relation of a part leads to."""
    return target.lstrip("/") if target.startswith("/") else normpath(f"{dirname(base)}/{target}")


def _read_comments(root: etree._Element) -> dict[str, str]:
    return {
        str(one.get("ref")): "".join(text.text or "" for text in one.iter(f"{{{MAIN}}}t"))
        for one in root.iter(f"{{{MAIN}}}comment")
    }


def _comments(texts: Mapping[str, str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><comments xmlns="{MAIN}">'
    yield "<authors><author/></authors><commentList>"
    for cell, text in texts.items():
        yield f'<comment ref={quoteattr(cell)} authorId="0"><text><r>'
        yield f'<t xml:space="preserve">{escape(text)}</t></r></text></comment>'
    yield "</commentList></comments>"


def _drawing(texts: Mapping[str, str]) -> Iterator[str]:
    yield (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
        'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    )
    for number, cell in enumerate(texts, start=1):
        letters, row = re.match(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
        place, line = column_index_from_string(letters) - 1, int(row) - 1
        yield (
            f'<v:shape id="_x0000_s{1024 + number}" type="#_x0000_t202" style="position:absolute;'
            "margin-left:80pt;margin-top:2pt;width:220pt;height:70pt;z-index:1;"
            'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill '
            'color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path '
            'o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note">'
            f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{place + 1}, 15, {line}, 2, "
            f"{place + 4}, 15, {line + 5}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{line}</x:Row><x:Column>{place}</x:Column></x:ClientData></v:shape>"
        )
    yield "</xml>"
