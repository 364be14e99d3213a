"""Reading a report's Word file back."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from reports.documents.docx import render_docx
from reports.documents.model import Document

# 6 rows make 6 pages, 200 rows more than 40.
SHORT, LONG = 6, 200


def read(document: Document) -> WordDocument:
    """The Word file of a document, read back."""
    return docx.Document(io.BytesIO(render_docx(document)))


def parts(word: WordDocument) -> Iterator[WordParagraph]:
    """The paragraphs outside tables of figures, those of the two layout tables in reading order."""
    for block in word.iter_inner_content():
        if isinstance(block, WordParagraph):
            yield block
        elif block.style.name == "Bang trinh bay":
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def in_style(word: WordDocument, name: str) -> list[str]:
    """The texts of the paragraphs of a style."""
    return [paragraph.text for paragraph in parts(word) if paragraph.style.name == name]


def data_tables(word: WordDocument) -> list[WordTable]:
    """The tables of figures."""
    return [table for table in word.tables if table.style.name == "Bang so lieu"]


def cells(row) -> list[tuple[int, str, WordParagraph]]:
    """The cells of a row as they lie in the file: columns covered, text, first paragraph."""
    found = []
    for tc in row._tr.tc_lst:
        paragraph = WordParagraph(tc.p_lst[0], row)
        found.append((tc.grid_span, paragraph.text, paragraph))
    return found
