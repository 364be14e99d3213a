"""ClamAV, the real one: what it lets pass, what it finds, and what happens when it is down."""

import io
from collections.abc import Callable

import pytest

from core.files.faults import Fault, UploadRefusedError
from core.files.scanner import Scan, scan
from tests.clamd import SIGNATURE, Clamd
from tests.core import files

INFECTED: dict[str, Callable[[], bytes]] = {
    "alone": lambda: files.EICAR,
    "in a PDF": files.infected_pdf,
    "in a Word file": lambda: files.repacked(files.word(), add={"word/a.txt": files.EICAR}),
    "behind a picture": files.infected_jpeg,
}


@pytest.mark.parametrize("make", [files.pdf, files.word, files.excel, files.png])
def test_a_clean_file_passes(make: Callable[[], bytes], clamd: Clamd) -> None:
    assert scan(io.BytesIO(make())) is Scan.CLEAN


@pytest.mark.parametrize("name", INFECTED)
def test_a_virus_is_found(name: str, clamd: Clamd) -> None:
    with pytest.raises(UploadRefusedError, match=SIGNATURE) as refusal:
        scan(io.BytesIO(INFECTED[name]()))
    assert refusal.value.fault == Fault.VIRUS


def test_a_file_that_the_scanner_does_not_read_to_its_end_is_not_clean(clamd: Clamd) -> None:
    assert scan(io.BytesIO(bytes(6 * files.MEGABYTE))) is Scan.DOWN


def test_a_scanner_that_is_down_lets_nothing_pass(clamd: Clamd) -> None:
    clamd.stop()
    assert scan(io.BytesIO(files.png())) is Scan.DOWN
    clamd.start()
    assert scan(io.BytesIO(files.png())) is Scan.CLEAN


@pytest.mark.parametrize("address", ["/khong/co", "tcp://127.0.0.1:1", "tcp://khong-co"])
def test_an_address_where_nobody_answers_lets_nothing_pass(address: str, settings: object) -> None:
    settings.CLAMAV_SOCKET = address
    assert scan(io.BytesIO(files.png())) is Scan.DOWN


def test_without_a_scanner_nobody_says_that_a_file_is_clean(settings: object) -> None:
    settings.CLAMAV_SOCKET = ""
    assert scan(io.BytesIO(files.EICAR)) is Scan.NO_SCANNER
