"""What the room ``enterprises`` brings to the frame of the portal."""


def register() -> None:
    """Called once, when the app is ready."""
