"""Reading a report's PDF back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pdfplumber
from pdfplumber.page import Page

from reports.documents.model import Annex, Document
from tests.reports.samples import sample_document

POINTS_PER_MM = 72 / 25.4
# 110 rows an appendix make more than 40 pages.
LONG = 110
# Wider than a justified space, narrower than what lies between two columns.
BETWEEN_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page, or the part of it in one column; places in mm from the corner."""

    text: str
    face: str
    size: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Where its middle lies."""
        return (self.left + self.right) / 2


def short_document() -> Document:
    """A report that takes one page: three sections, no appendix."""
    document = sample_document()
    sections = tuple(replace(section, blocks=section.blocks[:1]) for section in document.sections)
    return replace(document, sections=sections, annexes=())


def mm(points: float) -> float:
    """Points of a page in millimetres."""
    return float(points) / POINTS_PER_MM


def lines(page: Page) -> list[Line]:
    """The lines of a page from top to bottom, the number of the page among them."""
    words = page.extract_words(
        keep_blank_chars=True, x_tolerance=BETWEEN_COLUMNS, extra_attrs=["fontname", "size"]
    )
    return [
        Line(
            text=word["text"].strip(),
            face=word["fontname"].partition("+")[2],
            size=round(word["size"], 1),
            left=mm(word["x0"]),
            right=mm(word["x1"]),
            top=mm(word["top"]),
            bottom=mm(word["bottom"]),
        )
        for word in words
    ]


def line(page: Page, text: str) -> Line:
    """The one line of a page that begins so."""
    (found,) = [one for one in lines(page) if one.text.startswith(text)]
    return found


def rules(page: Page) -> list[tuple[float, float, float]]:
    """The rules drawn on a page outside tables: left, right and height, in mm."""
    return [(mm(rule["x0"]), mm(rule["x1"]), mm(rule["top"])) for rule in page.rects]


def annex_pages(pdf: pdfplumber.PDF, document: Document) -> Iterator[tuple[Annex, list[Page]]]:
    """Every appendix with its pages."""
    begins = [
        number
        for number, page in enumerate(pdf.pages)
        if any(one.text.startswith("Phụ lục ") for one in lines(page)[:1])
    ]
    assert len(begins) == len(document.annexes)
    for annex, (first, end) in zip(
        document.annexes, pairwise([*begins, len(pdf.pages)]), strict=True
    ):
        yield annex, pdf.pages[first:end]


def rows(page: Page) -> list[list[str]]:
    """The rows of the one table of a page, columns that a cell covers left out."""
    (table,) = page.extract_tables()
    return [[one_line(cell) for cell in row if cell is not None] for row in table]


def one_line(text: str) -> str:
    """A text without the breaks that a narrow column made."""
    return " ".join(text.split())
