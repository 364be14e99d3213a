"""What the Word file of a report says, read back from its bytes."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from reports.documents.docx import render_docx
from reports.documents.model import Annex, Cell, Column, Document, Paragraph, Row, Section, Table
from tests.reports.samples import DIACRITICS, sample_document
from tests.reports.wordfiles import LONG, SHORT, cells, data_tables, in_style, parts, read


@pytest.fixture(scope="module", params=[SHORT, LONG], ids=["short", "long"])
def document(request: pytest.FixtureRequest) -> Document:
    """A short report, and one of more than 40 pages."""
    return sample_document(request.param)


@pytest.fixture(scope="module")
def word(document: Document) -> WordDocument:
    """Its Word file, read back."""
    return read(document)


def with_table(table: Table) -> Document:
    """A report with one appendix."""
    sample = sample_document()
    return replace(sample, annexes=(replace(sample.annexes[0], table=table),))


# --- The parts


def test_the_parts_stand_in_their_order_with_their_words(
    document: Document, word: WordDocument
) -> None:
    expected = [
        *(line.upper() for line in (*document.superior, *document.agency)),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        document.number_line,
        document.place_date,
        document.document_type,
        document.subject,
        f"Kính gửi: {document.addressee}",
        *(paragraph.text for paragraph in document.opening),
    ]
    for section in document.sections:
        heading = section.heading.upper() if section.level == 1 else section.heading
        expected.append(f"{section.number}. {heading}")
        for block in section.blocks:
            if isinstance(block, Table):
                expected.append(block.caption)
            else:
                expected.append(f"[{block.text}]" if block.placeholder else block.text)
    expected += ["Nơi nhận:", *(f"- {line}" for line in document.recipients), *document.signer]
    for annex in document.annexes:
        shown = [f"Phụ lục {annex.number}", annex.title.upper(), annex.attached_to, annex.unit]
        expected += [text for text in (*shown, annex.closing) if text]
    assert [paragraph.text for paragraph in parts(word) if paragraph.text] == expected
    assert DIACRITICS in "\n".join(expected)


def test_the_number_and_the_date_share_a_row_without_borders() -> None:
    word = read(sample_document())
    heading = word.tables[0]
    assert [cell.text for cell in heading.rows[1].cells] == [
        "Số:        /BC-SKHCN",
        "Lào Cai, ngày      tháng      năm        ",
    ]
    borders = heading.style.element.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    assert {border.get(qn("w:val")) for border in borders} == {"nil"}


def test_headings_are_headings_and_appendices_are_found_beside_them() -> None:
    word = read(sample_document())
    levels = {
        style.name: style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        for style in word.styles
        if style.name in {"Heading 1", "Heading 2", "So phu luc", "Body Text"}
    }
    found = {
        name: None if level is None else level.get(qn("w:val")) for name, level in levels.items()
    }
    assert found == {"Heading 1": "0", "Heading 2": "1", "So phu luc": "0", "Body Text": None}


def test_what_staff_are_to_write_stands_in_italic_within_brackets() -> None:
    word = read(sample_document())
    (run,) = [run for one in parts(word) for run in one.runs if run.text.startswith("[")]
    assert run.text == "[Đơn vị soạn thảo bổ sung tồn tại, nguyên nhân]"
    assert run.style.name == "Cho soan thao"
    assert run.style.font.italic


def test_the_body_ends_as_the_law_says_and_holds_the_signer(word: WordDocument) -> None:
    last = [paragraph for paragraph in parts(word) if paragraph.style.name == "Body Text"][-1]
    assert last.text.endswith("./.")
    assert last.paragraph_format.keep_with_next
    signing = [table for table in word.tables if table.style.name == "Bang trinh bay"][1]
    (row,) = signing.rows
    recipients, signer = row.cells
    assert recipients.text.startswith("Nơi nhận:\n- Như trên;")
    assert signer.text == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n"
    name = signer.paragraphs[-1]
    assert name.style.name == "Ho ten nguoi ky"
    assert name.style.paragraph_format.space_before.mm > 20
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_tables_hold_every_cell(document: Document, word: WordDocument) -> None:
    models = [
        *(b for s in document.sections for b in s.blocks if isinstance(b, Table)),
        *(annex.table for annex in document.annexes),
    ]
    found = data_tables(word)
    assert len(found) == len(models)
    for table, model in zip(found, models, strict=True):
        rows = list(table.rows)[-len(model.rows) :]
        for row, expected in zip(rows, model.rows, strict=True):
            texts = [(span, text) for span, text, _paragraph in cells(row)]
            assert texts == [(cell.span, cell.text) for cell in expected.cells]


# --- Whatever stands in the text


def test_markup_stays_text() -> None:
    markup = '<img src=x onerror="alert(1)"> & <w:br/> ]]> {{ 7*7 }}'
    sample = with_table(
        Table((Column("name", markup, 1),), (Row((Cell(markup),)), Row((Cell("a\nb"),))))
    )
    section = Section("I", "Kết quả", blocks=(Paragraph(markup),))
    word = read(replace(sample, subject=markup, sections=(section,), signer=(markup,)))
    assert in_style(word, "Trich yeu") == [markup]
    assert in_style(word, "Body Text")[-1] == markup
    assert in_style(word, "Chuc vu nguoi ky") == [markup.upper()]
    assert [cell.text for cell in data_tables(word)[-1].columns[0].cells] == [
        markup, markup, "a\nb",
    ]  # fmt: skip
    assert word.core_properties.title.endswith(markup)


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    bad = "năng\x00 su\x0bất\x1f\ud800\ufffe,\r\nchất\rlượng\ttốt"
    document = replace(
        with_table(Table((Column("name", "Tên", 1),), (Row((Cell(bad),)),))),
        subject=bad,
        agency=(bad,),
    )
    word = read(document)
    good = "năng suất,\nchất\nlượng\ttốt"
    assert data_tables(word)[-1].rows[1].cells[0].text == good
    assert in_style(word, "Trich yeu") == [good]
    assert in_style(word, "Ten co quan") == [good.upper()]


def test_missing_parts_leave_no_empty_lines() -> None:
    table = Table((Column("name", "Tên", 1),), (Row((Cell("x"),)),))
    bare = Annex("I", "Danh sách", "", "PL1", table)
    document = replace(sample_document(), addressee="", superior=(), annexes=(bare,))
    word = read(document)
    names = {paragraph.style.name for paragraph in parts(word)}
    absent = {"Kinh gui", "Co quan chu quan", "Kem theo", "Don vi tinh", "Ket phu luc"}
    assert not names & absent
    empty = {paragraph.style.name for paragraph in parts(word) if not paragraph.text}
    assert empty == {"Ke ngang", "Ho ten nguoi ky", "Khoang trong"}


# --- The file


def test_the_properties_come_from_the_document() -> None:
    properties = read(sample_document()).core_properties
    assert properties.title == "BÁO CÁO: Kết quả thực hiện Kế hoạch số 191/KH-UBND năm 2026"
    assert properties.author == properties.last_modified_by == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
    assert properties.created == properties.modified == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert (properties.language, properties.comments) == ("vi-VN", "")


def test_a_title_longer_than_the_format_allows_is_cut() -> None:
    document = replace(sample_document(), subject="Kết quả " * 60)
    word = read(document)
    assert len(word.core_properties.title) == 255
    assert in_style(word, "Trich yeu") == [document.subject]


def test_the_clock_does_not_show_in_the_bytes() -> None:
    content = render_docx(sample_document())
    assert content == render_docx(sample_document())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_holds_only_what_it_needs() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(sample_document()))) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        for name in names:
            etree.fromstring(package.read(name))
    assert {name for name in names if not name.endswith(".rels")} == {
        "[Content_Types].xml",
        "docProps/core.xml",
        "word/document.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    }
