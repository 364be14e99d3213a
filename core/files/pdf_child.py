"""A process of its own that reads one PDF from standard input and prints what is wrong with it.

A hostile file can make any parser eat memory or time: here both end with the process. It is run as
a program and imports nothing of the portal; what it prints are values of ``core.files.faults``.
"""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf

MEMORY_BYTES = 384 * 1024 * 1024
# A parser that ran out of memory calls the file damaged.
BOMB_BYTES = 128 * 1024 * 1024
SECONDS = 15
DEEPEST = 60
# Objects that run, play or fetch something without being asked, by their /S or /Subtype.
SCRIPTS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMedia",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
    "/Screen",
    "/3D",
    "/GoToR",
}
EMBEDDINGS = {"/GoToE", "/FileAttachment"}
SCRIPT_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
EMBEDDING_KEYS = {"/EmbeddedFiles", "/EmbeddedFile", "/EF"}
# What may happen without a click, when the file or a page is opened.
BY_ITSELF_KEYS = ("/OpenAction", "/AA")
HARMLESS_ACTIONS = {"/GoTo", "/Named"}


# Warnings after which the parser has read everything all the same; any other says that it passed
# over something, which another reader may not.
HARMLESS_WARNINGS = (
    "repairing",
    "expected endobj",
    "stream keyword followed by carriage return only",
)


def main() -> None:
    """Print nothing for a harmless PDF, else its fault."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.write(fault_of_stdin())
    except MemoryError:
        sys.stdout.write("bomb")


def fault_of_stdin() -> str:
    """Return the fault of the PDF on standard input, empty if there is none."""
    try:
        # Without recovery: what one reader repairs, another may read in another way.
        with pikepdf.open(sys.stdin.buffer, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            fault = fault_of_objects(pdf)
            warnings = [str(warning) for warning in pdf.get_warnings()]
            whole = len(pdf.pages) and all(told.endswith(HARMLESS_WARNINGS) for told in warnings)
            return fault or ("" if whole else damaged())
    except pikepdf.PasswordError:
        return "encrypted"
    except pikepdf.PdfError:
        return damaged()


def damaged() -> str:
    """Return the fault of a file that could not be read through."""
    # Not from getrusage: it counts what the process had been before it became this program.
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) * 1024
    return "bomb" if peak > BOMB_BYTES else "damaged"


def fault_of_objects(pdf: pikepdf.Pdf) -> str:
    """Return the first fault of any object, also of one that nothing leads to."""
    faults = (fault_of(part) for thing in pdf.objects for part in parts_of(thing))
    return next(filter(None, faults), "")


def parts_of(thing: pikepdf.Object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """Return the dictionaries directly within an object; the indirect ones come by themselves."""
    if depth > DEEPEST or (depth and thing.is_indirect):
        return
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        values = [thing.get(key) for key in thing.keys()]  # noqa: SIM118 - a PDF dictionary
    elif isinstance(thing, pikepdf.Array):
        values = list(thing)
    else:
        return
    for value in values:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array):
            yield from parts_of(value, depth + 1)


def fault_of(part: pikepdf.Object) -> str:
    """Return what is wrong with one dictionary."""
    keys = set(part.keys())
    names = {str(part.get(key)) for key in ("/S", "/Subtype", "/Type") if key in keys}
    if keys & SCRIPT_KEYS or names & SCRIPTS:
        return "script"
    if keys & EMBEDDING_KEYS or names & EMBEDDINGS or "/EmbeddedFile" in names:
        return "embedded"
    actions = [part.get(key) for key in BY_ITSELF_KEYS if key in keys]
    if any(acts_by_itself(action) for action in actions):
        return "script"
    return ""


def acts_by_itself(action: pikepdf.Object | None) -> bool:
    """Whether an action, or one of a dictionary of actions, does more than turn to a page."""
    if not isinstance(action, pikepdf.Dictionary):
        return False
    if "/S" in action:
        return str(action.get("/S")) not in HARMLESS_ACTIONS
    return any(acts_by_itself(action.get(key)) for key in action.keys())  # noqa: SIM118


if __name__ == "__main__":
    main()
