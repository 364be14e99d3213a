"""The files of a report, made from the data of its snapshot alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from reports.documents.annual import annual_report
from reports.documents.docx import render_docx
from reports.documents.model import Document
from reports.documents.pdf import render_pdf
from reports.documents.xlsx import render_xlsx

DOCUMENTS: dict[str, Callable[[dict[str, Any]], Document]] = {"annual": annual_report}
RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "xlsx": render_xlsx,
}


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file of a report."""

    format: str
    name: str
    content: bytes


def document_of(snapshot: dict[str, Any]) -> Document:
    """Return the document that the data of a snapshot makes."""
    return DOCUMENTS[snapshot["kind"]](snapshot)


def render_files(snapshot: dict[str, Any]) -> list[RenderedFile]:
    """Make PDF, Word and Excel; the PDF has a process of its own, the others run beside it."""
    document = document_of(snapshot)
    name = f"bao-cao-nam-{snapshot['year']}-ke-hoach-{snapshot['plan']['code']}"
    with ThreadPoolExecutor(max_workers=len(RENDERERS)) as pool:
        made = {key: pool.submit(render, document) for key, render in RENDERERS.items()}
        return [RenderedFile(key, f"{name}.{key}", future.result()) for key, future in made.items()]
