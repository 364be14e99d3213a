"""The pages of the room ``notifications``."""
