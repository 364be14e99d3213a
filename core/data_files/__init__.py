"""Data files that people write: YAML with the line of every part, then a schema."""

from core.data_files.reading import DataFileError, read_data_file

__all__ = ["DataFileError", "read_data_file"]
