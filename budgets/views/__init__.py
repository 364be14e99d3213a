"""The pages of the room ``budgets``."""
