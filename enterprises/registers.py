"""What the room ``enterprises`` brings to the frame of the portal."""

from enterprises import listings, measures, record_registers


def register() -> None:
    """Called once, when the app is ready."""
    measures.register()
    listings.register()
    record_registers.register()
