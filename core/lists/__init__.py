"""The one mechanism of every list: filter, search, sort, page, columns, export of what is seen."""

from core.lists.filters import ListFilter, WordsFilter
from core.lists.page import list_page
from core.lists.tables import ListTable, NumberColumn

__all__ = ["ListFilter", "ListTable", "NumberColumn", "WordsFilter", "list_page"]
