"""What the room ``documents`` brings to the frame of the portal."""


def register() -> None:
    """Called once, when the app is ready."""
