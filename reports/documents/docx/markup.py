"""WordprocessingML, built directly: python-docx needs seconds for a long table."""

import re
from collections.abc import Iterable, Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length

_FORBIDDEN_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")


def element(tag: str, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """Return an element of WordprocessingML."""
    made = OxmlElement(
        f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()}
    )
    made.extend(children)
    return made


def style_id(name: str) -> str:
    """Return the key of the style of this name, as Word makes it."""
    return name.replace(" ", "")


def clean(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return _FORBIDDEN_IN_XML.sub("", _LINE_ENDS.sub("\n", text))


def paragraph(style: str, text: str = "", character_style: str = "") -> BaseOxmlElement:
    """Return a paragraph; the lines of its text are broken inside it."""
    runs = [run(text, character_style)] if text else []
    return element("p", element("pPr", element("pStyle", val=style_id(style))), *runs)


def run(text: str, style: str = "") -> BaseOxmlElement:
    """Return a run of text."""
    made = element("r")
    if style:
        made.append(element("rPr", element("rStyle", val=style_id(style))))
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.append(words)
    return made


def table(style: str, widths: Sequence[int], rows: Iterable[BaseOxmlElement]) -> BaseOxmlElement:
    """Return a table whose columns keep their widths whatever stands in them."""
    properties = element(
        "tblPr",
        element("tblStyle", val=style_id(style)),
        element("tblW", w=Length(sum(widths)).twips, type="dxa"),
        element("tblLayout", type="fixed"),
    )
    grid = element("tblGrid", *(element("gridCol", w=Length(width).twips) for width in widths))
    return element("tbl", properties, grid, *rows)


def row(cells: Iterable[BaseOxmlElement], *, heading: bool = False) -> BaseOxmlElement:
    """Return a row that pages do not split; a heading is repeated on each page."""
    properties = element("trPr", element("cantSplit"))
    if heading:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def cell(
    width: int, paragraphs: Iterable[BaseOxmlElement], *, span: int = 1, merge: str = ""
) -> BaseOxmlElement:
    """Return a cell over ``span`` columns; ``merge`` starts or continues one over several rows."""
    properties = element("tcPr", element("tcW", w=Length(width).twips, type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if merge:
        properties.append(element("vMerge", val=merge))
    return element("tc", properties, *paragraphs)
