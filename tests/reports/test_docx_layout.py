"""How the Word file of a report is laid out: pages, styles, rules and tables, measured from it."""

from dataclasses import replace

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length

from reports.documents.model import Document
from tests.reports.samples import sample_document
from tests.reports.wordfiles import LONG, SHORT, cells, data_tables, in_style, parts, read

FACE = "Times New Roman"
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


@pytest.fixture(scope="module", params=[SHORT, LONG], ids=["short", "long"])
def document(request: pytest.FixtureRequest) -> Document:
    """A short report, and one of more than 40 pages."""
    return sample_document(request.param)


@pytest.fixture(scope="module")
def word(document: Document) -> WordDocument:
    """Its Word file, read back."""
    return read(document)


# --- Pages


def test_every_section_is_a4_with_the_margins_of_the_law(word: WordDocument) -> None:
    assert len(word.sections) == 4
    for section in word.sections:
        sides = {round(section.page_width.mm), round(section.page_height.mm)}
        assert sides == {210, 297}
        assert 20 <= section.top_margin.mm <= 25
        assert 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35
        assert 15 <= section.right_margin.mm <= 20
        assert 0 < section.header_distance < section.top_margin


def test_wide_appendices_lie_on_their_side(document: Document, word: WordDocument) -> None:
    for annex, section in zip(document.annexes, list(word.sections)[1:], strict=True):
        wide = len(annex.table.columns) > 6
        assert (section.orientation == WD_ORIENT.LANDSCAPE) == wide
        assert (section.page_width > section.page_height) == wide
    orientations = [section.orientation for section in word.sections]
    assert orientations[0] == WD_ORIENT.PORTRAIT
    assert orientations.count(WD_ORIENT.LANDSCAPE) == 2


def test_page_numbers_stand_centred_on_top_from_the_second_page(word: WordDocument) -> None:
    first, *annexes = word.sections
    (paragraph,) = first.header.paragraphs
    assert [field.get(qn("w:instr")) for field in paragraph._p.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert paragraph.style.paragraph_format.alignment == CENTRE
    assert 13 <= paragraph.style.font.size.pt <= 14
    assert [hidden.text for hidden in first.first_page_header.paragraphs] == [""]
    for section in annexes:
        assert section.header.is_linked_to_previous
        assert section.first_page_header.is_linked_to_previous


def test_every_section_is_numbered_apart_and_hides_its_first_number(word: WordDocument) -> None:
    for section in word.sections:
        assert section.different_first_page_header_footer
        (numbering,) = section._sectPr.iter(qn("w:pgNumType"))
        assert numbering.get(qn("w:start")) == "1"


# --- Styles


@pytest.mark.parametrize(
    ("name", "size", "align", "bold", "italic", "capitals"),
    [
        ("Body Text", (13, 14), JUSTIFY, None, None, None),
        ("Heading 1", (13, 14), JUSTIFY, True, None, True),
        ("Heading 2", (13, 14), JUSTIFY, True, None, None),
        ("Co quan chu quan", (12, 13), CENTRE, None, None, True),
        ("Ten co quan", (12, 13), CENTRE, True, None, True),
        ("Quoc hieu", (12, 13), CENTRE, True, None, True),
        ("Tieu ngu", (13, 14), CENTRE, True, None, None),
        ("So ky hieu", (13, 13), CENTRE, None, None, None),
        ("Dia danh ngay thang", (13, 14), CENTRE, None, True, None),
        ("Loai van ban", (13, 14), CENTRE, True, None, True),
        ("Trich yeu", (13, 14), CENTRE, True, None, None),
        ("Kinh gui", (13, 14), CENTRE, None, None, None),
        ("Noi nhan", (12, 12), LEFT, True, True, None),
        ("Danh sach nhan", (11, 11), LEFT, None, None, None),
        ("Chuc vu nguoi ky", (13, 14), CENTRE, True, None, True),
        ("Ho ten nguoi ky", (13, 14), CENTRE, True, None, None),
        ("So phu luc", (14, 14), CENTRE, True, None, None),
        ("Ten phu luc", (13, 14), CENTRE, True, None, True),
        ("Kem theo", (13, 14), CENTRE, None, True, None),
    ],
)
def test_each_element_has_a_style_of_the_size_and_shape_of_the_law(
    name: str,
    size: tuple[int, int],
    align: WD_ALIGN_PARAGRAPH,
    bold: bool | None,
    italic: bool | None,
    capitals: bool | None,
) -> None:
    word = read(sample_document())
    style = word.styles[name]
    assert size[0] <= style.font.size.pt <= size[1]
    assert style.paragraph_format.alignment == align
    assert (style.font.bold, style.font.italic, style.font.all_caps) == (bold, italic, capitals)
    texts = in_style(word, name)
    assert texts
    if capitals:
        assert texts == [text.upper() for text in texts]


def test_the_body_is_set_as_the_law_says() -> None:
    lines = read(sample_document()).styles["Body Text"].paragraph_format
    assert lines.first_line_indent.cm == pytest.approx(1.27)
    assert lines.space_before.pt + lines.space_after.pt >= 6
    assert 1 <= lines.line_spacing <= 1.5


def test_one_face_and_one_language_hold_everywhere() -> None:
    word = read(sample_document())
    scripts = [qn(f"w:{script}") for script in ("ascii", "hAnsi", "cs", "eastAsia")]
    found = list(word.styles.element.iter(qn("w:rFonts")))
    assert len(found) == 2  # of the defaults, and of the style Normal
    for fonts in found:
        assert dict(fonts.attrib) == dict.fromkeys(scripts, FACE)
    assert word.styles["Normal"].font.name == FACE
    assert not list(word.element.iter(qn("w:rFonts")))
    (language,) = word.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "vi-VN"


def test_every_style_in_use_is_defined_and_every_style_defined_is_of_use() -> None:
    word = read(sample_document())
    sources = [word.element, *(section.header._element for section in word.sections)]
    tags = [qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle")]
    used = {one.get(qn("w:val")) for source in sources for one in source.iter(*tags)}
    defined = {style.style_id for style in word.styles}
    template = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    assert used == defined - template


def test_only_styles_shape_the_text(word: WordDocument) -> None:
    """Two things depend on the place: the length of a rule, and the last paragraph's hold."""
    for properties in word.element.iter(qn("w:rPr")):
        assert [child.tag for child in properties] == [qn("w:rStyle")]
    held = []
    for properties in word.element.iter(qn("w:pPr")):
        style, *direct = [child for child in properties if child.tag != qn("w:sectPr")]
        assert style.tag == qn("w:pStyle")
        if style.get(qn("w:val")) == "Kengang":
            assert [child.tag for child in direct] == [qn("w:ind")]
        elif direct:
            held.append((style.get(qn("w:val")), [child.tag for child in direct]))
    assert held == [("BodyText", [qn("w:keepNext")])]


# --- Rules


@pytest.mark.parametrize(
    ("above", "line_mm", "low", "high"),
    [
        # Lengths of the lines in Times New Roman bold, measured with its metrics.
        ("Tieu ngu", 56.1, 0.97, 1.03),
        ("Ten co quan", 64.5, 1 / 3, 1 / 2),
        ("Trich yeu", 119.7, 1 / 3, 1 / 2),
    ],
)
def test_rules_are_as_long_as_the_law_says(
    above: str, line_mm: float, low: float, high: float
) -> None:
    word = read(sample_document())
    assert low <= rule_below(word, above).mm / line_mm <= high


def test_the_rule_of_a_subject_of_two_lines_follows_the_line_above_it() -> None:
    subject = (
        "Kết quả thực hiện Kế hoạch số 191/KH-UBND ngày 22 tháng 4 năm 2021 của "
        "Ủy ban nhân dân tỉnh Lào Cai năm 2026"
    )
    word = read(replace(sample_document(), subject=subject))
    assert 1 / 3 <= rule_below(word, "Trich yeu").mm / 85.9 <= 1 / 2


def rule_below(word: WordDocument, style: str) -> Length:
    """The length of the rule below the paragraph of a style, centred as that is."""
    paragraphs = list(parts(word))
    names = [paragraph.style.name for paragraph in paragraphs]
    rule = paragraphs[names.index(style) + 1]
    assert rule.style.name == "Ke ngang"
    assert rule.style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:top')}") is not None
    lines = rule.paragraph_format
    assert lines.left_indent == lines.right_indent
    cell = rule._p.getparent()
    section = word.sections[0]
    page = section.page_width - section.left_margin - section.right_margin
    available = cell.width if cell.tag == qn("w:tc") else page
    return Length(available - lines.left_indent - lines.right_indent)


# --- Tables of figures


def test_rows_of_sums_are_bold_and_hold_what_follows_and_numbers_stand_right(
    document: Document, word: WordDocument
) -> None:
    aligned = {"text": LEFT, "code": CENTRE, "number": RIGHT, "million": RIGHT}
    levels = set()
    for table, annex in zip(data_tables(word)[1:], document.annexes, strict=True):
        rows = list(table.rows)[-len(annex.table.rows) :]
        for row, expected in zip(rows, annex.table.rows, strict=True):
            levels.add(expected.level)
            place = 0
            for (_span, _text, paragraph), cell in zip(cells(row), expected.cells, strict=True):
                kind = cell.kind if cell.span > 1 else annex.table.columns[place].kind
                style = paragraph.style
                assert style.paragraph_format.alignment == aligned[kind]
                assert bool(style.font.bold) == (expected.level != "row")
                assert bool(style.paragraph_format.keep_with_next) == (expected.level != "row")
                place += cell.span
    assert levels == {"row", "group", "phase", "total"}


def test_headings_are_repeated_and_rows_stay_whole(document: Document, word: WordDocument) -> None:
    for table, annex in zip(data_tables(word)[1:], document.annexes, strict=True):
        repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        headings = 2 if any(column.group for column in annex.table.columns) else 1
        assert repeated == [True] * headings + [False] * len(annex.table.rows)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_columns_of_a_group_stand_under_its_heading() -> None:
    money = data_tables(read(sample_document()))[-1]
    upper, lower = money.rows[0], money.rows[1]
    assert [cell.text for cell in upper.cells] == [
        "STT",
        "Nội dung, nhiệm vụ",
        "Đơn vị chủ trì",
        "Đơn vị phối hợp",
        "Tổng kinh phí",
        "Kinh phí thực hiện",
        "Kinh phí thực hiện",
        "Thời gian thực hiện",
        "Đã thực hiện",
        "Đã thực hiện",
    ]
    assert [cell.text for cell in lower.cells] == [
        *(cell.text for cell in upper.cells[:5]),
        "Vốn ngân sách NN",
        "Vốn đối ứng DN",
        "Thời gian thực hiện",
        "Vốn ngân sách NN",
        "Vốn đối ứng DN",
    ]
    assert all(p.style.name == "Dau cot" for cell in upper.cells for p in cell.paragraphs)


def test_columns_share_the_page_as_the_model_says(document: Document, word: WordDocument) -> None:
    sections = list(word.sections)[1:]
    for table, annex, section in zip(
        data_tables(word)[1:], document.annexes, sections, strict=True
    ):
        page = section.page_width - section.left_margin - section.right_margin
        shares = [column.width for column in annex.table.columns]
        widths = [column.width for column in table.columns]
        assert Length(sum(widths)).mm == pytest.approx(Length(page).mm, abs=0.1)
        for width, share in zip(widths, shares, strict=True):
            assert width / sum(widths) == pytest.approx(share / sum(shares), abs=0.002)
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        for row in table.rows:
            assert sum(tc.width for tc in row._tr.tc_lst) == sum(widths)
