"""The pages of the room ``accounts``."""
