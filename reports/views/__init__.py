"""The pages of the room ``reports``."""
