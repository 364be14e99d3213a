"""The sheets of the data workbook that are the register's own."""

from core.spreadsheets import Catalogue, Sheet
from enterprises.sheets.conformity import (
    STANDARDS,
    CertificateSheet,
    DeclarationSheet,
    KeyListSheet,
    ProductSheet,
)
from enterprises.sheets.enterprises import EnterpriseSheet, FiguresSheet, NetworkSheet
from enterprises.sheets.productivity import (
    TOOLS,
    AwardSheet,
    ProductivitySheet,
    ProjectSheet,
    RecognitionSheet,
    ToolSheet,
)
from enterprises.sheets.support import SupportSheet

CATALOGUES: tuple[Catalogue, ...] = (STANDARDS, TOOLS)
SHEETS: tuple[Sheet, ...] = (
    EnterpriseSheet(),
    NetworkSheet(),
    FiguresSheet(),
    ProductSheet(),
    KeyListSheet(),
    DeclarationSheet(),
    CertificateSheet(),
    ToolSheet(),
    ProjectSheet(),
    ProductivitySheet(),
    RecognitionSheet(),
    AwardSheet(),
    SupportSheet(),
)
