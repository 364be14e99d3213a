"""The pages of the room ``programs``."""
