"""Runs that read files in."""

from documents.models.imports import ImportChange, ImportRow, ImportRun

__all__ = ["ImportChange", "ImportRow", "ImportRun"]
