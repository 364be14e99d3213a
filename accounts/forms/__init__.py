"""The forms of the room ``accounts``."""
