"""The PDF of a document: PDF/A-2a in the layout of Nghị định 30/2020/NĐ-CP, phụ lục I and III."""

import os
import subprocess
import sys
from collections.abc import Iterator

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.errors import DomainError
from reports.documents.model import MOTTO, NATION, Annex, Document, Paragraph, Section, Table
from reports.documents.printed import PrintedTable, printed_table

TIME_LIMIT_SECONDS = 300
# What margins leave of A4, upright and on its side, in points; as in the style sheet.
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 163 / 25.4 * 72, 250 / 25.4 * 72


def render_pdf(document: Document) -> bytes:
    """Return the PDF of a document.

    Raises ``DomainError`` when it takes longer than ``TIME_LIMIT_SECONDS``.
    """
    return pdf_of_html(html_of(document))


def html_of(document: Document) -> str:
    """Return the HTML that is printed: whole in itself, every text of the document inert."""
    context = {
        "document": document,
        "nation": NATION,
        "motto": MOTTO,
        "sections": [(section, _blocks(section)) for section in document.sections],
        "annexes": [_printed_annex(annex) for annex in document.annexes],
    }
    return render_to_string("reports/documents/report.html", context)


def render_annexes_pdf(document: Document) -> bytes:
    """Return the PDF of the appendices of a document alone.

    Raises ``DomainError`` when it takes longer than ``TIME_LIMIT_SECONDS``.
    """
    annexes = [_printed_annex(annex) for annex in document.annexes]
    context = {"document": document, "annexes": annexes}
    return pdf_of_html(render_to_string("reports/documents/annexes.html", context))


def pdf_of_html(html: str) -> bytes:
    """Return the PDF of a page of HTML, made in a process that ends with this one.

    Raises ``DomainError`` when it takes too long or names an address outside itself.
    """
    command = [sys.executable, "-m", "reports.documents.weasy"]
    try:
        done = subprocess.run(  # noqa: S603 - no part of the command comes from outside
            # Whatever kills the worker ends its rendering too.
            ["setpriv", "--pdeathsig=KILL", *command],  # noqa: S607 - found on the portal's PATH
            cwd=settings.BASE_DIR,
            input=html.encode(),
            capture_output=True,
            timeout=TIME_LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        told = _("The PDF was not ready after %(seconds)d seconds and was given up.")
        raise DomainError(told % {"seconds": TIME_LIMIT_SECONDS}) from error
    message = done.stderr.decode(errors="replace").strip()
    if done.returncode == os.EX_NOPERM:
        told = _(
            "The document names an address that may not be opened; no PDF was made: %(address)s"
        )
        raise DomainError(told % {"address": message})
    if done.returncode:
        raise RuntimeError(f"WeasyPrint ended with code {done.returncode}: {message[-2000:]}")
    return done.stdout


def _blocks(section: Section) -> Iterator[Paragraph | PrintedTable]:
    for block in section.blocks:
        yield printed_table(block, PORTRAIT_WIDTH) if isinstance(block, Table) else block


def _printed_annex(annex: Annex) -> tuple[Annex, str, PrintedTable]:
    """Return an appendix with the name of its pages in the style sheet, and its table."""
    if annex.table.is_wide:
        return annex, "wide", printed_table(annex.table, LANDSCAPE_WIDTH)
    return annex, "annex", printed_table(annex.table, PORTRAIT_WIDTH)
