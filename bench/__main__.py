"""Run every measurement and print a line for each; exit 1 when one misses its goal."""

import os
import sys
import tempfile
from pathlib import Path

from bench.annual_report import annual_report
from bench.figures import figures_lines
from bench.workbook_import import workbook_import_lines
from laocai_nscl import servers


def main() -> int:
    """Measure on servers of this run's own: no other data is touched."""
    # A short path that the user postgres can pass, for the sockets.
    with tempfile.TemporaryDirectory(prefix="nscl-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        os.environ["PORTAL_STATE_DIR"] = str(Path(folder) / "state")
        with servers.ensure():
            lines = [annual_report(), *figures_lines(), *workbook_import_lines()]
    for line in lines:
        sys.stdout.write(f"{line}\n")
    return 0 if all(line.reached for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
