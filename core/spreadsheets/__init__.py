"""The data workbook: sheets that rooms declare, read safely, planned, written, taken back.

A file goes through ``opening`` (limits), ``reading`` (rows), ``planning`` (what would happen) and
``applying``; ``templates`` writes the workbook that people start from, ``marking`` gives the file
back with its wrong cells marked.
"""

from core.spreadsheets.columns import Column, Need
from core.spreadsheets.sheets import Catalogue, Existing, Found, Problem, Ref, Sheet, Span, register

__all__ = [
    "Catalogue",
    "Column",
    "Existing",
    "Found",
    "Need",
    "Problem",
    "Ref",
    "Sheet",
    "Span",
    "register",
]
