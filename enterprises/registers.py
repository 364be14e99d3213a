"""What the room ``enterprises`` brings to the frame of the portal."""

from enterprises import record_registers


def register() -> None:
    """Called once, when the app is ready."""
    record_registers.register()
