"""Pages of the room ``documents``."""
