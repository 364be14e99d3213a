"""The Word file of a document, built of real styles so that an office can go on writing in it."""

from reports.documents.docx.file import render_docx

__all__ = ["render_docx"]
