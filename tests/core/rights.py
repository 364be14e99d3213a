"""Who may do what at the small addresses of the house."""

from tests.rights import ALL, Row

ROWS = [Row("search", get=ALL), Row("health", get=ALL, without_role=True)]
