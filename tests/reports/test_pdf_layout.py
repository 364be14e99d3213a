"""How the PDF of a report is laid out, for 1 page and for more than 40: measured from the file."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pdfplumber
import pytest
from pdfplumber import PDF
from pdfplumber.page import Page

from reports.documents.model import Document
from reports.documents.pdf import render_pdf
from tests.reports.pdffiles import (
    LONG,
    Line,
    annex_pages,
    line,
    lines,
    mm,
    one_line,
    rows,
    rules,
    short_document,
)
from tests.reports.samples import sample_document

REGULAR, BOLD = "Liberation-Serif", "Liberation-Serif-Bold"
ITALIC, BOLD_ITALIC = "Liberation-Serif-Italic", "Liberation-Serif-Bold-Italic"
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
# Times New Roman's own distance between two lines, as a share of its size.
SINGLE_SPACING = 1.15
# The left edge of the text and the right one, of an upright page; the top margin.
LEFT, RIGHT, TOP_MARGIN = 31, 210 - 16, 21


@pytest.fixture(scope="module", params=["1 page", "40 pages"])
def document(request: pytest.FixtureRequest) -> Document:
    return short_document() if request.param == "1 page" else sample_document(LONG)


@pytest.fixture(scope="module")
def pdf(document: Document) -> Iterator[PDF]:
    with pdfplumber.open(io.BytesIO(render_pdf(document))) as opened:
        yield opened


@pytest.fixture
def first(pdf: PDF) -> Page:
    return pdf.pages[0]


def body(page: Page) -> list[Line]:
    """The lines of a page without its number."""
    return [one for one in lines(page) if one.top > TOP_MARGIN - 2]


# --- Pages


def test_the_documents_are_of_the_length_that_is_measured(pdf: PDF, document: Document) -> None:
    if document.annexes:
        assert len(pdf.pages) >= 40
    else:
        assert len(pdf.pages) == 1


def test_pages_are_a4_with_the_margins_of_the_law(pdf: PDF) -> None:
    edges = []
    for page in pdf.pages:
        assert sorted((round(mm(page.width)), round(mm(page.height)))) == [210, 297]
        below_number = (one for one in page.chars if mm(one["top"]) > TOP_MARGIN - 2)
        marks = [*page.rects, *page.lines, *below_number]
        edges.append(
            (
                mm(min(mark["x0"] for mark in marks)),
                mm(page.width) - mm(max(mark["x1"] for mark in marks)),
                mm(min(mark["top"] for mark in marks)),
                mm(page.height) - mm(max(mark["bottom"] for mark in marks)),
            )
        )
    for left, right, top, bottom in edges:
        assert 30 <= left <= 35
        assert right >= 15
        assert 20 <= top <= 25
        assert bottom >= 20
    # A last page may hold short lines only.
    assert min(right for _left, right, _top, _bottom in edges) <= 20


def test_a_full_page_ends_at_the_bottom_margin(pdf: PDF, document: Document) -> None:
    for _annex, pages in annex_pages(pdf, document):
        for page in pages[:-1]:
            table = page.find_tables()[0]
            left_blank = mm(page.height) - mm(table.bbox[3])
            heights = [row.bbox[3] - row.bbox[1] for row in table.rows]
            # What is left blank is less than the head of the next group with its first row.
            assert left_blank < 20 + mm(sum(sorted(heights)[-3:]))


def test_the_page_number_is_centred_in_the_top_margin_and_hidden_on_first_pages(
    pdf: PDF, document: Document
) -> None:
    annexes = [pages for _annex, pages in annex_pages(pdf, document)]
    main = pdf.pages[: len(pdf.pages) - sum(map(len, annexes))]
    for pages in [main, *annexes]:
        for number, page in enumerate(pages, start=1):
            above = [one for one in lines(page) if one.top < TOP_MARGIN - 2]
            assert [one.text for one in above] == ([] if number == 1 else [str(number)])
            for one in above:
                assert one.bottom < TOP_MARGIN
                assert one.middle == pytest.approx((LEFT + mm(page.width) - 16) / 2, abs=0.5)
                assert 13 <= one.size <= 14
                assert one.face == REGULAR


def test_only_liberation_serif_is_used_and_it_is_embedded(pdf: PDF) -> None:
    faces = {
        character["fontname"].partition("+")[2] for page in pdf.pages for character in page.chars
    }
    assert faces == {REGULAR, BOLD, ITALIC, BOLD_ITALIC}
    for page in pdf.pages:
        for font in page.page_obj.resources["Font"].resolve().values():
            (descendant,) = font.resolve()["DescendantFonts"]
            assert "FontFile2" in descendant.resolve()["FontDescriptor"].resolve()


def test_text_is_black(pdf: PDF) -> None:
    colours = {character["non_stroking_color"] for page in pdf.pages for character in page.chars}
    assert colours <= {(0,), (0, 0, 0)}


# --- The first page and the last of the report itself


@pytest.mark.parametrize(
    ("text", "face", "low", "high"),
    [
        ("ỦY BAN NHÂN DÂN", REGULAR, 12, 13),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", BOLD, 12, 13),
        (NATION, BOLD, 12, 13),
        (MOTTO, BOLD, 13, 14),
        ("Số:", REGULAR, 13, 13),
        ("Lào Cai, ngày", ITALIC, 13, 14),
        ("BÁO CÁO", BOLD, 13, 14),
        ("Kết quả thực hiện Kế hoạch số 191/KH-UBND năm 2026", BOLD, 13, 14),
        ("Kính gửi: Ủy ban nhân dân tỉnh Lào Cai", REGULAR, 13, 14),
        ("Thực hiện Kế hoạch", REGULAR, 13, 14),
        ("I. TÌNH HÌNH CHỈ ĐẠO, TRIỂN KHAI", BOLD, 13, 14),
        ("1. Thông tin, tuyên truyền", BOLD, 13, 14),
    ],
)
def test_parts_of_the_first_page_have_face_and_size(
    first: Page, text: str, face: str, low: float, high: float
) -> None:
    found = line(first, text)
    assert found.face == face
    assert low <= found.size <= high


def test_parts_follow_each_other_in_the_order_of_the_law(pdf: PDF, document: Document) -> None:
    main = "\n".join(one.text for page in pdf.pages for one in body(page))
    order = [
        "ỦY BAN NHÂN DÂN",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số:",
        "BÁO CÁO",
        document.subject,
        "Kính gửi:",
        "Thực hiện Kế hoạch",
        "I. TÌNH HÌNH CHỈ ĐẠO",
        "II. KẾT QUẢ THỰC HIỆN",
        "1. Thông tin, tuyên truyền",
        "2. Kinh phí",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. KIẾN NGHỊ, ĐỀ XUẤT",
        "./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, TĐC.",
        *(f"Phụ lục {annex.number}\n" for annex in document.annexes),
    ]
    places = [main.find(text) for text in order]
    assert -1 not in places
    assert places == sorted(places)


def test_the_heading_stands_in_two_columns(first: Page) -> None:
    superior, nation = line(first, "ỦY BAN NHÂN DÂN"), line(first, NATION)
    number, place_date = line(first, "Số:"), line(first, "Lào Cai, ngày")
    assert superior.bottom == pytest.approx(nation.bottom, abs=0.1)
    assert number.bottom == pytest.approx(place_date.bottom, abs=0.1)
    assert number.text.endswith("/BC-SKHCN")
    assert number.right < place_date.left
    agency = line(first, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    assert superior.middle == pytest.approx(agency.middle, abs=0.5)
    assert nation.middle == pytest.approx(line(first, MOTTO).middle, abs=0.5)
    assert agency.right < nation.left


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", 1 / 3, 1 / 2),
        (MOTTO, 0.98, 1.02),
        ("Kết quả thực hiện Kế hoạch số 191/KH-UBND năm 2026", 1 / 3, 1 / 2),
    ],
)
def test_a_rule_stands_below_centred_in_the_length_of_the_law(
    first: Page, text: str, least: float, most: float
) -> None:
    above = line(first, text)
    (rule,) = [rule for rule in rules(first) if 0 <= rule[2] - above.bottom < 2.5]
    left, right, _height = rule
    assert least <= (right - left) / (above.right - above.left) <= most
    assert (left + right) / 2 == pytest.approx(above.middle, abs=0.5)


@pytest.mark.parametrize("text", ["BÁO CÁO", "Kết quả thực hiện", "Kính gửi:"])
def test_type_subject_and_addressee_are_centred(first: Page, text: str) -> None:
    assert line(first, text).middle == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_the_body_is_justified_indented_and_spaced_as_the_law_says(first: Page) -> None:
    texts = body(first)
    begin = next(n for n, one in enumerate(texts) if one.text.startswith("Thực hiện"))
    opening, following = texts[begin : begin + 3], texts[begin + 3]
    assert 10 <= opening[0].left - LEFT <= 12.8
    assert opening[1].left == pytest.approx(LEFT, abs=0.3)
    for one in opening[:-1]:
        assert one.right == pytest.approx(RIGHT, abs=0.3)
    single = mm(opening[0].size * SINGLE_SPACING)
    for above, below in pairwise(opening):
        assert 1 <= (below.top - above.top) / single <= 1.5
    pitch = opening[1].top - opening[0].top
    assert (following.top - opening[2].top) - pitch >= mm(6) - 0.01


def test_what_staff_are_to_write_is_marked(pdf: PDF) -> None:
    (found,) = [one for page in pdf.pages for one in lines(page) if one.text.startswith("[")]
    assert found.face == ITALIC
    assert found.text == "[Đơn vị soạn thảo bổ sung tồn tại, nguyên nhân]"


def test_the_report_is_signed_on_the_right_with_room_for_the_signature(pdf: PDF) -> None:
    (page,) = [page for page in pdf.pages if "Nơi nhận:" in page.extract_text()]
    recipients, title = line(page, "Nơi nhận:"), line(page, "KT. GIÁM ĐỐC")
    deputy = line(page, "PHÓ GIÁM ĐỐC")
    assert (recipients.face, recipients.size) == (BOLD_ITALIC, 12)
    assert recipients.left == pytest.approx(LEFT, abs=0.5)
    for entry in ("- Như trên;", "- Giám đốc, các Phó Giám đốc Sở;", "- Lưu: VT, TĐC."):
        assert (line(page, entry).face, line(page, entry).size) == (REGULAR, 11)
    for one in (title, deputy):
        assert one.face == BOLD
        assert 13 <= one.size <= 14
        assert one.left > 105
    assert title.middle == pytest.approx(deputy.middle, abs=0.5)
    below = [one for one in lines(page) if one.top > deputy.bottom and one.right > title.left]
    assert below == []
    assert mm(page.height) - 20 - deputy.bottom >= 25
    # Somebody signs below words of the report, never on a page that holds nothing else.
    last = next(one for one in body(page) if one.text.endswith("./."))
    assert last.bottom < recipients.top


# --- Appendices


def test_an_appendix_begins_a_page_with_its_own_heading(pdf: PDF, document: Document) -> None:
    for annex, pages in annex_pages(pdf, document):
        label, title, *following = body(pages[0])
        assert (label.text, label.face, label.size) == (f"Phụ lục {annex.number}", BOLD, 14)
        assert title.face == BOLD
        assert 13 <= title.size <= 14
        assert annex.title.upper().startswith(title.text)
        attached = next(one for one in following if one.text.startswith("(Kèm theo"))
        assert attached.face == ITALIC
        for one in (label, title, attached):
            assert one.middle == pytest.approx((LEFT + mm(pages[0].width) - 16) / 2, abs=0.5)
        wide = len(annex.table.columns) > 6
        assert all((page.width > page.height) == wide for page in pages)
        said = one_line(pages[-1].extract_text())
        assert annex.closing in said
        assert annex.unit in one_line(pages[0].extract_text())


def test_the_rows_of_an_appendix_are_whole_and_in_order_below_repeated_heads(
    pdf: PDF, document: Document
) -> None:
    for annex, pages in annex_pages(pdf, document):
        grouped = any(column.group for column in annex.table.columns)
        head = rows(pages[0])[: 1 + grouped]
        shown = {heading for row in head for heading in row}
        assert {column.heading for column in annex.table.columns} <= shown
        assert {column.group for column in annex.table.columns if column.group} <= shown
        found = []
        for page in pages:
            assert rows(page)[: len(head)] == head
            found += rows(page)[len(head) :]
        assert found == [[one_line(cell.text) for cell in row.cells] for row in annex.table.rows]


def test_sums_are_bold_and_numbers_end_in_one_line(pdf: PDF, document: Document) -> None:
    for annex, pages in annex_pages(pdf, document):
        levels = iter(annex.table.rows)
        head = 1 + any(column.group for column in annex.table.columns)
        for page in pages:
            ends: dict[int, set[float]] = {}
            for row in page.find_tables()[0].rows[head:]:
                model = next(levels)
                places = [box for box in row.cells if box is not None]
                for place, (box, cell) in enumerate(zip(places, model.cells, strict=True)):
                    faces = {one.face for one in lines(page.crop(box))}
                    assert faces <= {BOLD if model.level != "row" else REGULAR}
                    if cell.number is not None and len(places) == len(annex.table.columns):
                        ends.setdefault(place, set()).add(
                            round(box[2] - max(c["x1"] for c in page.crop(box).chars))
                        )
            assert all(len(end) == 1 for end in ends.values()), ends


def test_the_head_of_a_group_is_never_the_last_row_of_a_page(pdf: PDF, document: Document) -> None:
    for annex, pages in annex_pages(pdf, document):
        head = 1 + any(column.group for column in annex.table.columns)
        done = 0
        for page in pages[:-1]:
            done += len(rows(page)) - head
            assert annex.table.rows[done - 1].level == "row"
            assert annex.table.rows[done].level != "total"
