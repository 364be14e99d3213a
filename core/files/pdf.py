"""PDF files, read in a process of their own with a limit on its memory and time."""

import logging
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from core.files.faults import Fault, FaultFoundError

logger = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("pdf_child.py")
# Together with the scanner's, well within the time that gunicorn gives a request.
WAIT_SECONDS = 20
CHUNK = 1024 * 1024


def inspect_pdf(file: IO[bytes]) -> None:
    """Raise ``FaultFoundError`` for scripts, embedded files, encryption, damage, or a bomb."""
    with TemporaryFile() as copy:
        file.seek(0)
        while piece := file.read(CHUNK):
            copy.write(piece)
        copy.seek(0)
        try:
            # -I: nothing of the environment decides what the process imports.
            done = subprocess.run(  # noqa: S603 - our own program, without a shell
                [sys.executable, "-I", str(PROGRAM)],
                stdin=copy,
                capture_output=True,
                text=True,
                timeout=WAIT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise FaultFoundError(Fault.BOMB) from error
    if done.returncode < 0:
        # Ended by the system: its time was over, or the parser fell over the file.
        raise FaultFoundError(Fault.BOMB)
    if done.returncode:
        logger.error("The inspection of a PDF failed: %s", done.stderr[-2000:])
        raise FaultFoundError(Fault.DAMAGED)
    if done.stdout:
        raise FaultFoundError(Fault(done.stdout))
