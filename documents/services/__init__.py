"""Acts on files and on runs that read files in."""

from documents.services.attachments import (
    attachment_replace,
    attachment_upload,
    attachment_withdraw,
)
from documents.services.import_runs import (
    import_run_confirm,
    import_run_undo,
    import_run_upload,
)
from documents.services.import_work import import_run_work, import_runs_sweep
from documents.services.quarantine import quarantine_sweep
from documents.services.workbooks import WorkbookImport, workbook_import

__all__ = [
    "WorkbookImport",
    "attachment_replace",
    "attachment_upload",
    "attachment_withdraw",
    "import_run_confirm",
    "import_run_undo",
    "import_run_upload",
    "import_run_work",
    "import_runs_sweep",
    "quarantine_sweep",
    "workbook_import",
]
