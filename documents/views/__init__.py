"""The pages of the room ``documents``."""
