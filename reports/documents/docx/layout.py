"""The parts of a document in the order of Mẫu 1.4 of Nghị định 30/2020/NĐ-CP."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, Twips
from docx.text.parfmt import ParagraphFormat

from reports.documents.docx.markup import cell, paragraph, row, table
from reports.documents.docx.styles import BODY_SIZE, HEADING_SIZE, MOTTO_SIZE, Style
from reports.documents.model import (
    MOTTO,
    NATION,
    Annex,
    Column,
    Document,
    Paragraph,
    Row,
    Section,
    Table,
)

SHORT_SIDE, LONG_SIDE = Mm(210), Mm(297)
# The file counts in whole twips: 15 mm rounded down would be less than is asked for.
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Twips(851)
PORTRAIT_WIDTH = Length(SHORT_SIDE - LEFT - RIGHT)
LANDSCAPE_WIDTH = Length(LONG_SIDE - LEFT - RIGHT)
HEADING_WIDTHS = (Mm(68), Length(PORTRAIT_WIDTH - Mm(68)))
SIGNER_WIDTHS = (Mm(78), Length(PORTRAIT_WIDTH - Mm(78)))
RULE_SHARE = 0.4  # of the line above it, where 1/3 to 1/2 is asked for

# Times New Roman bold in thousandths of its size, for the length of the rules.
_LETTER_WIDTHS = {
    letter: width
    for width, letters in {
        250: " .,", 278: "ijl/", 333: "ftj-():;", 389: "sI", 444: "cerz", 500: "agovxy0123456789J–",
        611: "FP", 667: "BELTZ", 722: "ACDĐNRUVXYw", 778: "GHKOQ", 833: "m", 944: "M", 1000: "W",
    }.items()
    for letter in letters
}  # fmt: skip
_OTHER_LETTER_WIDTH = 556

_CELL_STYLES = {
    "text": (Style.CELL_TEXT, Style.CELL_TEXT_BOLD),
    "code": (Style.CELL_CODE, Style.CELL_CODE_BOLD),
    "number": (Style.CELL_NUMBER, Style.CELL_NUMBER_BOLD),
    "million": (Style.CELL_NUMBER, Style.CELL_NUMBER_BOLD),
}


def main_part(document: Document) -> list[BaseOxmlElement]:
    """Return the report itself, without its appendices."""
    parts = [
        _heading_table(document),
        paragraph(Style.DOCUMENT_TYPE, document.document_type.upper()),
        paragraph(Style.SUBJECT, document.subject),
        _rule(document.subject, BODY_SIZE, PORTRAIT_WIDTH),
    ]
    if document.addressee:
        parts.append(paragraph(Style.ADDRESSEE, f"Kính gửi: {document.addressee}"))
    parts += _blocks(document.opening)
    for section in document.sections:
        parts += _section(section)
    # The signer never stands alone on a page.
    ParagraphFormat(parts[-1]).keep_with_next = True
    return [*parts, paragraph(Style.GAP), _signer_table(document)]


def annex_part(annex: Annex) -> Iterator[BaseOxmlElement]:
    """Yield an appendix."""
    yield paragraph(Style.ANNEX_NUMBER, f"Phụ lục {annex.number}")
    yield paragraph(Style.ANNEX_TITLE, annex.title.upper())
    if annex.attached_to:
        yield paragraph(Style.ATTACHED_TO, annex.attached_to)
    yield from _caption(annex.table)
    if annex.unit:
        yield paragraph(Style.UNIT, annex.unit)
    yield _data_table(annex.table, LANDSCAPE_WIDTH if annex.table.is_wide else PORTRAIT_WIDTH)
    if annex.closing:
        yield paragraph(Style.CLOSING, annex.closing)


def _heading_table(document: Document) -> BaseOxmlElement:
    left, right = HEADING_WIDTHS
    issuer = [
        *(paragraph(Style.SUPERIOR, line.upper()) for line in document.superior),
        *(paragraph(Style.AGENCY, line.upper()) for line in document.agency),
        _rule(document.agency[-1].upper(), HEADING_SIZE, left),
    ]
    nation = [
        paragraph(Style.NATION, NATION),
        paragraph(Style.MOTTO, MOTTO),
        _rule(MOTTO, MOTTO_SIZE, right, share=1),
    ]
    number = [paragraph(Style.NUMBER_LINE, document.number_line)]
    place_date = [paragraph(Style.PLACE_DATE, document.place_date)]
    rows = (
        row([cell(left, issuer), cell(right, nation)]),
        row([cell(left, number), cell(right, place_date)]),
    )
    return table(Style.LAYOUT_TABLE, HEADING_WIDTHS, rows)


def _signer_table(document: Document) -> BaseOxmlElement:
    left, right = SIGNER_WIDTHS
    recipients = [
        paragraph(Style.RECIPIENTS, "Nơi nhận:"),
        *(paragraph(Style.RECIPIENT, f"- {line}") for line in document.recipients),
    ]
    signer = [
        *(paragraph(Style.SIGNER, line.upper()) for line in document.signer),
        paragraph(Style.SIGNER_NAME),
    ]
    rows = [row([cell(left, recipients), cell(right, signer)])]
    return table(Style.LAYOUT_TABLE, SIGNER_WIDTHS, rows)


def _section(section: Section) -> Iterator[BaseOxmlElement]:
    if section.level == 1:
        yield paragraph(Style.HEADING_1, f"{section.number}. {section.heading.upper()}")
    else:
        yield paragraph(Style.HEADING_2, f"{section.number}. {section.heading}")
    yield from _blocks(section.blocks)


def _blocks(blocks: Iterable[Paragraph | Table]) -> Iterator[BaseOxmlElement]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _caption(block)
            yield _data_table(block, PORTRAIT_WIDTH)
            yield paragraph(Style.GAP)
        elif block.placeholder:
            yield paragraph(Style.BODY, f"[{block.text}]", Style.TO_BE_WRITTEN)
        else:
            yield paragraph(Style.BODY, block.text)


def _caption(data: Table) -> Iterator[BaseOxmlElement]:
    if data.caption:
        yield paragraph(Style.CAPTION, data.caption)


def _data_table(data: Table, width: Length) -> BaseOxmlElement:
    widths = _shared([column.width for column in data.columns], width)
    rows = [
        *_heading_rows(data.columns, widths),
        *(_data_row(one, data.columns, widths) for one in data.rows),
    ]
    return table(Style.DATA_TABLE, widths, rows)


def _shared(shares: Sequence[int], width: Length) -> list[Length]:
    """Return the widths of columns, in whole twips that add up to that of the table."""
    whole = sum(shares)
    ends = [width.twips * sum(shares[:place]) // whole for place in range(len(shares) + 1)]
    return [Twips(end - start) for start, end in pairwise(ends)]


def _heading_rows(columns: Sequence[Column], widths: Sequence[Length]) -> list[BaseOxmlElement]:
    """Return the rows repeated on each page: two where columns stand in groups, else one."""
    grouped = any(column.group for column in columns)
    upper: list[BaseOxmlElement] = []
    lower: list[BaseOxmlElement] = []
    for group, members in groupby(enumerate(columns), key=lambda pair: pair[1].group):
        places = [place for place, _column in members]
        if group:
            across = sum(widths[place] for place in places)
            heading = [paragraph(Style.COLUMN_HEADING, group)]
            upper.append(cell(across, heading, span=len(places)))
        for place in places:
            heading = [paragraph(Style.COLUMN_HEADING, columns[place].heading)]
            if group:
                lower.append(cell(widths[place], heading))
            else:
                upper.append(cell(widths[place], heading, merge="restart" if grouped else ""))
                empty = [paragraph(Style.COLUMN_HEADING)]
                lower.append(cell(widths[place], empty, merge="continue"))
    return [row(cells, heading=True) for cells in ((upper, lower) if grouped else (upper,))]


def _data_row(data: Row, columns: Sequence[Column], widths: Sequence[Length]) -> BaseOxmlElement:
    cells, place = [], 0
    for one in data.cells:
        # Words in the place of a number stand where it would.
        plain, bold = _CELL_STYLES[one.kind if one.span > 1 else columns[place].kind]
        words = paragraph(plain if data.level == "row" else bold, one.text)
        cells.append(cell(sum(widths[place : place + one.span]), [words], span=one.span))
        place += one.span
    return row(cells)


def _rule(text: str, size: float, available: Length, share: float = RULE_SHARE) -> BaseOxmlElement:
    """Return a rule that is a share of the line above it, centred as the line is."""
    length = round(_last_line(text, Pt(size), available) * share)
    rule = paragraph(Style.RULE)
    lines = ParagraphFormat(rule)
    lines.left_indent = lines.right_indent = Length((available - length) // 2)
    return rule


def _last_line(text: str, size: Length, available: Length) -> float:
    """Return how long the last line is of a text broken between words."""
    space = _letters_width(" ", size)
    length = -space
    for word in text.split():
        width = _letters_width(word, size)
        length = length + space + width if length + space + width <= available else width
    return length


def _letters_width(letters: str, size: Length) -> float:
    plain = (unicodedata.normalize("NFD", letter)[0] for letter in letters)
    return sum(_LETTER_WIDTHS.get(letter, _OTHER_LETTER_WIDTH) for letter in plain) * size / 1000
