"""The Word file: its sections, properties and bytes."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from reports.documents.docx import layout
from reports.documents.docx.markup import clean, element, paragraph, run, style_id
from reports.documents.docx.styles import LANGUAGE, Style, define_styles
from reports.documents.model import Annex, Document

PAGE_NUMBER_FROM_EDGE = Mm(10)
CORE_PROPERTY_LIMIT = 255  # characters that the format allows
# The earliest time that a zip file can tell: the clock must not show in the bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)
WANTED_PARTS = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
}


def render_docx(document: Document) -> bytes:
    """Return the Word file; the same document gives the same bytes."""
    word = docx.Document()
    _leave_template_parts(word)
    define_styles(word)
    _set_up_pages(word)
    _set_properties(word, document)
    _append(word, layout.main_part(document))
    for annex in document.annexes:
        _start_annex(word, annex)
        _append(word, layout.annex_part(annex))
    # A file may not end with a table.
    _append(word, [paragraph(Style.GAP)])
    return _packed(word)


def _leave_template_parts(word: WordDocument) -> None:
    """Drop what python-docx's template brings along: other fonts, lists, a thumbnail."""
    for relationships in (word.part.package.rels, word.part.rels):
        for key, relationship in list(relationships.items()):
            if relationship.reltype not in WANTED_PARTS:
                del relationships[key]
    settings = word.settings.element
    for mode in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")  # an older mode shows in the title of Word's window
    for face in settings.xpath("w:themeFontLang"):
        face.getparent().replace(face, element("themeFontLang", val=LANGUAGE))
    for old in settings.xpath("w:compat/w:useFELayout | w:rsids | w:savePreviewPicture"):
        old.getparent().remove(old)


def _set_up_pages(word: WordDocument) -> None:
    """Set up the first section; those of the appendices are copies of it.

    Each numbers its pages from 1 and shows no number on its first page.
    """
    (section,) = word.sections
    section.page_width, section.page_height = layout.SHORT_SIDE, layout.LONG_SIDE
    section.top_margin, section.bottom_margin = layout.TOP, layout.BOTTOM
    section.left_margin, section.right_margin = layout.LEFT, layout.RIGHT
    section.header_distance = section.footer_distance = PAGE_NUMBER_FROM_EDGE
    section.different_first_page_header_footer = True
    section._sectPr.insert_element_before(element("pgNumType", start=1), "w:cols")
    section.first_page_header.is_linked_to_previous = False
    (header,) = section.header.paragraphs
    header._p.append(element("fldSimple", run("2"), instr="PAGE"))


def _start_annex(word: WordDocument, annex: Annex) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that carries the break is python-docx's own, of full height.
    word.element.body[-2].style = style_id(Style.GAP)
    landscape = annex.table.is_wide
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (layout.SHORT_SIDE, layout.LONG_SIDE)
    section.page_width, section.page_height = reversed(sides) if landscape else sides


def _set_properties(word: WordDocument, document: Document) -> None:
    agency = clean(" ".join(document.agency))[:CORE_PROPERTY_LIMIT]
    title = clean(f"{document.document_type}: {document.subject}")[:CORE_PROPERTY_LIMIT]
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = title, agency, agency
    properties.created = properties.modified = dt.datetime(document.year, 1, 1, tzinfo=dt.UTC)
    properties.language, properties.comments = LANGUAGE, ""


def _append(word: WordDocument, elements: Iterable[BaseOxmlElement]) -> None:
    end = word.element.body[-1]
    for one in elements:
        end.addprevious(one)


def _packed(word: WordDocument) -> bytes:
    saved, packed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
