"""The styles of the Word file, with the sizes of Nghị định 30/2020/NĐ-CP, phụ lục I."""

from dataclasses import dataclass, replace
from enum import StrEnum

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from reports.documents.docx.markup import element, style_id

FACE = "Times New Roman"
LANGUAGE = "vi-VN"
HEADING_SIZE, MOTTO_SIZE, BODY_SIZE, TABLE_SIZE = 12, 13, 14, 12
TEMPLATE_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
START, END = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


class Style(StrEnum):
    """The styles by the names under which Word lists them."""

    BODY = "Body Text"
    HEADING_1 = "Heading 1"
    HEADING_2 = "Heading 2"
    CAPTION = "Caption"
    PAGE_NUMBER = "Header"
    SUPERIOR = "Co quan chu quan"
    AGENCY = "Ten co quan"
    NATION = "Quoc hieu"
    MOTTO = "Tieu ngu"
    NUMBER_LINE = "So ky hieu"
    PLACE_DATE = "Dia danh ngay thang"
    DOCUMENT_TYPE = "Loai van ban"
    SUBJECT = "Trich yeu"
    ADDRESSEE = "Kinh gui"
    RECIPIENTS = "Noi nhan"
    RECIPIENT = "Danh sach nhan"
    SIGNER = "Chuc vu nguoi ky"
    SIGNER_NAME = "Ho ten nguoi ky"
    ANNEX_NUMBER = "So phu luc"
    ANNEX_TITLE = "Ten phu luc"
    ATTACHED_TO = "Kem theo"
    UNIT = "Don vi tinh"
    CLOSING = "Ket phu luc"
    COLUMN_HEADING = "Dau cot"
    CELL_TEXT = "O chu"
    CELL_CODE = "O ma"
    CELL_NUMBER = "O so"
    CELL_TEXT_BOLD = "O chu dam"
    CELL_CODE_BOLD = "O ma dam"
    CELL_NUMBER_BOLD = "O so dam"
    RULE = "Ke ngang"
    GAP = "Khoang trong"
    TO_BE_WRITTEN = "Cho soan thao"
    DATA_TABLE = "Bang so lieu"
    LAYOUT_TABLE = "Bang trinh bay"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks; lengths in points, ``first_line`` in millimetres."""

    align: WD_ALIGN_PARAGRAPH = START
    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    before: float = 0
    after: float = 0
    first_line: float = 0
    spacing: float = 1
    keeps_with_next: bool = False
    outline: int | None = None
    next: Style | None = None


_BODY = Look(JUSTIFY, after=6, first_line=12.7, spacing=1.15)
_HEADING = replace(_BODY, bold=True, keeps_with_next=True, next=Style.BODY)
_TITLE = Look(CENTRE, bold=True, keeps_with_next=True)
_AGENCY = Look(CENTRE, HEADING_SIZE, bold=True, capitals=True)
_CELL = Look(size=TABLE_SIZE, before=2, after=2)
_HEADING_CELL = replace(_CELL, bold=True, keeps_with_next=True)

LOOKS = {
    Style.BODY: _BODY,
    Style.HEADING_1: replace(_HEADING, capitals=True, outline=0),
    Style.HEADING_2: replace(_HEADING, outline=1),
    Style.CAPTION: replace(_TITLE, before=6, after=6),
    Style.PAGE_NUMBER: Look(CENTRE),
    Style.SUPERIOR: replace(_AGENCY, bold=False),
    Style.AGENCY: _AGENCY,
    Style.NATION: _AGENCY,
    Style.MOTTO: Look(CENTRE, MOTTO_SIZE, bold=True),
    Style.NUMBER_LINE: Look(CENTRE, 13, before=6),
    Style.PLACE_DATE: Look(CENTRE, 13, italic=True, before=6),
    Style.DOCUMENT_TYPE: replace(_TITLE, capitals=True, before=18, next=Style.SUBJECT),
    Style.SUBJECT: _TITLE,
    Style.ADDRESSEE: Look(CENTRE, before=12, after=12, next=Style.BODY),
    Style.RECIPIENTS: Look(size=12, bold=True, italic=True, next=Style.RECIPIENT),
    Style.RECIPIENT: Look(size=11),
    Style.SIGNER: Look(CENTRE, bold=True, capitals=True),
    # The room for the signature is part of the style, not a row of empty lines.
    Style.SIGNER_NAME: Look(CENTRE, bold=True, before=72),
    Style.ANNEX_NUMBER: replace(_TITLE, outline=0, next=Style.ANNEX_TITLE),
    Style.ANNEX_TITLE: replace(_TITLE, capitals=True, before=3),
    Style.ATTACHED_TO: Look(CENTRE, italic=True, before=3, after=9, keeps_with_next=True),
    Style.UNIT: Look(END, 13, italic=True, after=3, keeps_with_next=True),
    Style.CLOSING: Look(CENTRE, italic=True, before=6),
    Style.COLUMN_HEADING: replace(_HEADING_CELL, align=CENTRE),
    Style.CELL_TEXT: _CELL,
    Style.CELL_CODE: replace(_CELL, align=CENTRE),
    Style.CELL_NUMBER: replace(_CELL, align=END),
    # Rows that head others or end the table: never parted from what follows.
    Style.CELL_TEXT_BOLD: _HEADING_CELL,
    Style.CELL_CODE_BOLD: replace(_HEADING_CELL, align=CENTRE),
    Style.CELL_NUMBER_BOLD: replace(_HEADING_CELL, align=END),
    Style.RULE: Look(CENTRE, size=1, before=3, keeps_with_next=True),
    Style.GAP: Look(size=1, after=5, keeps_with_next=True),
}
_BUILT_IN = {Style.BODY, Style.HEADING_1, Style.HEADING_2, Style.CAPTION, Style.PAGE_NUMBER}


def define_styles(word: WordDocument) -> None:
    """Put these styles in the place of those that the template brings along."""
    sheet = word.styles.element
    for old in sheet.xpath("w:style"):
        if old.get(qn("w:styleId")) not in TEMPLATE_STYLES:
            sheet.remove(old)
    _define_defaults(word)
    for style, look in LOOKS.items():
        _define_paragraph_style(word, style, look)
    for style, look in LOOKS.items():
        if look.next:
            following = element("next", val=style_id(look.next))
            word.styles[style].element.basedOn.addnext(following)
    word.styles.add_style(Style.TO_BE_WRITTEN, WD_STYLE_TYPE.CHARACTER).font.italic = True
    _define_table_style(word, Style.DATA_TABLE, border="single", beside=Mm(1), align="center")
    _define_table_style(word, Style.LAYOUT_TABLE, border="nil", beside=Mm(0), align="top")


def _define_defaults(word: WordDocument) -> None:
    """Let face, size and language hold everywhere: the template leaves the face to its theme."""
    face = {"ascii": FACE, "hAnsi": FACE, "cs": FACE, "eastAsia": FACE}
    sheet = word.styles.element
    (old,) = sheet.xpath("w:docDefaults")
    letters = element(
        "rPr",
        element("rFonts", **face),
        element("sz", val=BODY_SIZE * 2),
        element("szCs", val=BODY_SIZE * 2),
        element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    lines = element("pPrDefault", element("pPr"))
    sheet.replace(old, element("docDefaults", element("rPrDefault", letters), lines))
    normal = word.styles["Normal"].element
    for properties in normal.xpath("w:rPr | w:pPr"):
        normal.remove(properties)
    normal.append(element("rPr", element("rFonts", **face), element("sz", val=BODY_SIZE * 2)))


def _define_paragraph_style(word: WordDocument, style: Style, look: Look) -> None:
    made = word.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH, builtin=style in _BUILT_IN)
    # python-docx gives some built-in styles another key than Word does.
    made.element.styleId = style_id(style)
    made.base_style = word.styles["Normal"]
    made.quick_style = style not in {Style.RULE, Style.GAP}
    font, lines = made.font, made.paragraph_format
    font.size = Pt(look.size)
    # What is not so in a style is left to what it stands on: None, not False.
    font.bold, font.italic = look.bold or None, look.italic or None
    font.all_caps = look.capitals or None
    lines.alignment, lines.line_spacing = look.align, look.spacing
    lines.space_before, lines.space_after = Pt(look.before), Pt(look.after)
    lines.first_line_indent = Mm(look.first_line) if look.first_line else None
    lines.keep_with_next = look.keeps_with_next or None
    # The two below stand where the schema wants them among those above.
    if style is Style.RULE:
        border = element("top", val="single", sz=6, space=0, color="auto")
        made.element.pPr.insert_element_before(element("pBdr", border), "w:spacing")
    if look.outline is not None:
        made.element.pPr.append(element("outlineLvl", val=look.outline))


def _define_table_style(
    word: WordDocument, style: Style, *, border: str, beside: Length, align: str
) -> None:
    made = word.styles.add_style(style, WD_STYLE_TYPE.TABLE)
    made.base_style = word.styles["Normal Table"]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (element(side, val=border, sz=4, color="auto") for side in sides)
    margins = (element(side, w=beside.twips, type="dxa") for side in ("left", "right"))
    frame = (element("tblBorders", *borders), element("tblCellMar", *margins))
    made.element.append(element("tblPr", *frame))
    made.element.append(element("tcPr", element("vAlign", val=align)))
