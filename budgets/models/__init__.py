"""Money."""

from budgets.models.budget_lines import BudgetLine

__all__ = ["BudgetLine"]
