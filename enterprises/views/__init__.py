"""The pages of the room ``enterprises``."""
