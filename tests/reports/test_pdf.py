"""The PDF of a report: what it is, what can be read in it, and the process that makes it."""

import base64
import io
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pdfplumber
import pytest
from django.conf import settings
from pdfminer.pdftypes import resolve1

from core.errors import DomainError
from reports.documents import pdf
from reports.documents.model import Cell, Column, Paragraph, Row, Section, Table
from reports.documents.pdf import html_of, pdf_of_html, render_pdf
from tests.reports.pdffiles import annex_pages, one_line, rows, short_document
from tests.reports.samples import DIACRITICS, sample_document

MARKUP = '<img src="nowhere.png" onerror="alert(1)">&amp;'
# Chosen among a few words by the code, never shown.
NOT_SHOWN = {"kind", "level", "key", "sheet", "sum_of"}
WEASY = [sys.executable, "-m", "reports.documents.weasy"]
# A picture of one pixel.
PIXEL = base64.b64encode(
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
).decode()
# Makes the PDF of what takes long, in a process that the test kills.
SLOW_PARENT = """
import django
django.setup()
from reports.documents.pdf import render_pdf
from tests.reports.samples import sample_document
render_pdf(sample_document(2000))
"""
# More than it takes to read that document, a small part of what it takes to lay it out.
READING_SECONDS = 3


@pytest.fixture(scope="module")
def report() -> Iterator[pdfplumber.PDF]:
    with pdfplumber.open(io.BytesIO(render_pdf(sample_document()))) as opened:
        yield opened


def page_of(body: str) -> str:
    return f'<!doctype html><html lang="vi"><title>Thử</title><body>{body}'


# --- What it is


def test_it_is_pdf_a_2a(report: pdfplumber.PDF) -> None:
    catalogue = report.doc.catalog
    metadata = resolve1(catalogue["Metadata"]).get_data().decode()
    assert re.search(r'pdfaid:part(="|>)2["<]', metadata)
    assert re.search(r'pdfaid:conformance(="|>)A["<]', metadata)
    assert catalogue["OutputIntents"][0]["S"].name == "GTS_PDFA1"
    assert catalogue["MarkInfo"]["Marked"] is True
    assert catalogue["Lang"] == b"vi"


def test_it_has_a_title_and_an_author(report: pdfplumber.PDF) -> None:
    assert report.metadata["Title"] == (
        "Báo cáo: Kết quả thực hiện Kế hoạch số 191/KH-UBND năm 2026"
    )
    assert report.metadata["Author"] == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"


def test_its_tags_name_headings_paragraphs_and_tables(report: pdfplumber.PDF) -> None:
    tags: dict[str, int] = {}
    pending = list(report.structure_tree)
    while pending:
        element = pending.pop()
        tags[element["type"]] = tags.get(element["type"], 0) + 1
        pending += element.get("children", [])
    # The type and subject, and three appendices; four sections, two of them divided.
    assert (tags["H1"], tags["H2"], tags["H3"]) == (4, 4, 2)
    assert tags["Table"] >= 4
    assert {"P", "TH", "TD", "TR", "THead", "TBody", "Sect"} <= tags.keys()


def test_its_outline_leads_to_every_section_and_appendix(report: pdfplumber.PDF) -> None:
    titles = [title for _level, title, *_rest in report.doc.get_outlines()]
    assert "II. KẾT QUẢ THỰC HIỆN" in titles
    assert [title.split("KẾT")[0].split("KINH")[0].strip() for title in titles[-3:]] == [
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục III",
    ]


def test_the_same_document_makes_the_same_bytes() -> None:
    assert render_pdf(short_document()) == render_pdf(short_document())


# --- What can be read in it


def test_every_vietnamese_letter_and_every_sign_is_read_back() -> None:
    signs = "≥ 60 ≤ 40 2021–2025 “kép” … × ± ‰ § ₫ 22,5%"
    blocks = (Paragraph(DIACRITICS), Paragraph(signs))
    document = replace(short_document(), sections=(Section("I", "Chữ", blocks=blocks),))
    with pdfplumber.open(io.BytesIO(render_pdf(document))) as opened:
        text = one_line(opened.pages[0].extract_text())
    assert DIACRITICS in text
    assert signs in text


def test_no_number_and_no_date_is_broken_however_narrow_its_column() -> None:
    document = sample_document()
    annex = document.annexes[2]
    columns = tuple(
        replace(column, width=1 if column.kind == "million" or column.key == "timing" else 30)
        for column in annex.table.columns
    )
    dated = tuple(replace(row, cells=tuple(map(with_date, row.cells))) for row in annex.table.rows)
    table = replace(annex.table, columns=columns, rows=dated)
    narrow = replace(document, annexes=(replace(annex, table=table),))
    with pdfplumber.open(io.BytesIO(render_pdf(narrow))) as opened:
        ((_annex, pages),) = annex_pages(opened, narrow)
        shown = [row for page in pages for row in rows(page)]
    for row in table.rows:
        assert [one_line(cell.text) for cell in row.cells] in shown


def with_date(cell: Cell) -> Cell:
    """A cell with a date, where it told how often."""
    return replace(cell, text="14/12/2026") if cell.text == "Hàng năm" else cell


def test_more_columns_than_fit_share_the_width_as_they_ask() -> None:
    columns = tuple(Column(f"c{n}", "nghiệp", 1 + n % 2) for n in range(40))
    table = Table(columns, (Row(tuple(Cell(str(n)) for n in range(40))),))
    document = replace(short_document(), sections=(Section("I", "Bảng", blocks=(table,)),))
    with pdfplumber.open(io.BytesIO(render_pdf(document))) as opened:
        (found,) = opened.pages[0].find_tables()
    widths = [cell[2] - cell[0] for cell in found.rows[1].cells]
    assert len(widths) == 40
    assert widths[1] == pytest.approx(2 * widths[0], rel=0.05)


def test_markup_in_any_text_is_only_text() -> None:
    document = marked(sample_document())
    html = html_of(document)
    assert "<img" not in html.lower()
    assert html.lower().count("&lt;img") > 100
    with pdfplumber.open(io.BytesIO(pdf_of_html(html))) as opened:
        text = one_line(opened.pages[0].extract_text())
        assert not any(page.images for page in opened.pages)
    assert f"Kính gửi: Ủy ban nhân dân tỉnh Lào Cai{MARKUP}" in text


def marked(part):
    """A part of a document with markup at the end of its every text."""
    if isinstance(part, str):
        return part + MARKUP
    if isinstance(part, tuple):
        return tuple(map(marked, part))
    if is_dataclass(part):
        shown = [field.name for field in fields(part) if field.name not in NOT_SHOWN]
        return replace(part, **{name: marked(getattr(part, name)) for name in shown})
    return part


# --- What it may open


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<img src="file:///etc/passwd">', "file:///etc/passwd"),
        ('<img src="http://127.0.0.1:{port}/x">', "http://127.0.0.1:{port}/x"),
        ('<img src="https://127.0.0.1:{port}/x">', "https://127.0.0.1:{port}/x"),
        ('<img src="ftp://127.0.0.1:{port}/x">', "ftp://127.0.0.1:{port}/x"),
        ('<img src="//127.0.0.1:{port}/x">', "//127.0.0.1:{port}/x"),
        ('<img src="static/dist/favicon.svg">', "static/dist/favicon.svg"),
        ('<img src="/etc/passwd">', "/etc/passwd"),
        ('<base href="file:///etc/"><img src="passwd">', "file:///etc/passwd"),
        ('<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css">', "127.0.0.1:{port}/a.css"),
        ('<link rel="attachment" href="file:///etc/passwd">', "file:///etc/passwd"),
        ('<object data="file:///etc/passwd"></object>', "file:///etc/passwd"),
        ('<style>@import "file:///etc/a.css"</style>', "file:///etc/a.css"),
        ("<style>p::before {{ content: url(x.png) }}</style><p>a", "x.png"),
        ("<style>@page {{ background: url(file:///x.png) }}</style>", "file:///x.png"),
        (
            "<style>@font-face {{ font-family: a; src: url(file:///a.ttf) }}</style>",
            "file:///a.ttf",
        ),
        (
            '<svg width="9" height="9"><image href="file:///etc/passwd"/></svg>',
            "file:///etc/passwd",
        ),
    ],
)
def test_an_address_outside_is_refused_by_name_and_never_opened(body: str, address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(DomainError) as refusal:
            pdf_of_html(page_of(body.format(port=port)))
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert refusal.value.message.endswith(address.format(port=port))


def test_a_picture_within_the_document_is_shown() -> None:
    made = pdf_of_html(page_of(f'<img alt="Một chấm" src="data:image/png;base64,{PIXEL}">'))
    with pdfplumber.open(io.BytesIO(made)) as opened:
        assert len(opened.pages[0].images) == 1


# --- The process that makes it


def test_the_process_starts_without_django() -> None:
    program = "import sys, reports.documents.weasy; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"False"]


def test_weasyprint_has_nothing_to_complain_of() -> None:
    html = html_of(sample_document()).encode()
    done = subprocess.run(WEASY, cwd=settings.BASE_DIR, input=html, capture_output=True, check=True)
    assert done.stdout.startswith(b"%PDF-1.7")
    assert done.stderr == b""


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    before = children(os.getpid())
    monkeypatch.setattr(pdf, "TIME_LIMIT_SECONDS", 1)
    with pytest.raises(DomainError, match=r"\b1\b"):
        render_pdf(sample_document(400))
    assert children(os.getpid()) == before


def test_a_failure_of_the_process_tells_what_it_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    with pytest.raises(RuntimeError, match="No module named 'reports'"):
        pdf_of_html(page_of("a"))


def test_the_process_ends_with_the_one_that_started_it() -> None:
    parent = subprocess.Popen([sys.executable, "-c", SLOW_PARENT], cwd=settings.BASE_DIR)
    try:
        child = wait_for_rendering(parent)
    finally:
        parent.kill()
        parent.wait()
    end = time.monotonic() + 5
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(child)


def wait_for_rendering(parent: subprocess.Popen[bytes]) -> int:
    """Wait until a process has begun to lay out its whole document; return the id of that one."""
    end = time.monotonic() + 60
    while time.monotonic() < end and parent.poll() is None:
        for child in children(parent.pid):
            if seconds_used(child) > READING_SECONDS:
                return child
        time.sleep(0.02)
    pytest.fail("No process was started that renders.")


def seconds_used(process: int) -> float:
    """The processor time that a process has used."""
    try:
        used = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11]
    except OSError:
        return 0
    return int(used) / os.sysconf("SC_CLK_TCK")


def children(process: int) -> list[int]:
    """The processes that the threads of a process have started."""
    found: list[int] = []
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, thread.read_text().split())
    return found


def is_running(process: int) -> bool:
    """Whether a process is there and not only waits to be reaped."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}
