"""What the room ``enterprises`` brings to the frame of the portal."""

from core.spreadsheets import register as workbook
from enterprises import listings, measures, record_registers, sheets


def register() -> None:
    """Called once, when the app is ready."""
    measures.register()
    listings.register()
    record_registers.register()
    workbook.add(*sheets.CATALOGUES, *sheets.SHEETS)
