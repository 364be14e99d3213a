"""Acts of the room ``documents``."""

from documents.services.import_runs import (
    import_run_confirm,
    import_run_undo,
    import_run_upload,
)
from documents.services.import_work import import_run_work, import_runs_sweep
from documents.services.workbooks import WorkbookImport, workbook_import

__all__ = [
    "WorkbookImport",
    "import_run_confirm",
    "import_run_undo",
    "import_run_upload",
    "import_run_work",
    "import_runs_sweep",
    "workbook_import",
]
