"""HTML on standard input, PDF/A on standard output: a process of its own for one document.

It knows neither Django nor the portal, so that it starts fast and can be stopped at any moment.
It ends with ``EX_NOPERM`` when the HTML names an address outside itself, and tells that address.
"""

import gc
import os
import sys
from contextlib import suppress

# What is made here lives as long as the process: to look for what does not, after every 700
# objects, would cost a tenth of its time.
gc.set_threshold(100_000)

from weasyprint import HTML  # noqa: E402 - it makes most of those objects
from weasyprint.urls import (  # noqa: E402
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

# An address without a scheme stays one, and is refused like any other that is not data.
BASE_URL = "document:"
LONGEST_ADDRESS_TOLD = 200


class OwnContentFetcher(URLFetcher):
    """Opens what lies within the HTML (``data:``) and nothing else; fonts need no address.

    It keeps what it refused, for WeasyPrint passes over any failure inside a drawing.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, fail_on_errors=True)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what the address holds; raises ``ValueError`` when it is refused."""
        try:
            return super().fetch(url, headers)
        except Exception:
            self.refused.append(url)
            raise


def main() -> int:
    """Render the document; return the code that the process ends with."""
    fetcher = OwnContentFetcher()
    with suppress(FatalURLFetchingError):
        html = HTML(
            file_obj=sys.stdin.buffer, encoding="utf-8", base_url=BASE_URL, url_fetcher=fetcher
        )
        pdf = html.write_pdf(pdf_variant="pdf/a-2a")
        if not fetcher.refused:
            sys.stdout.buffer.write(pdf)
            return os.EX_OK
    sys.stderr.write(fetcher.refused[0][:LONGEST_ADDRESS_TOLD])
    return os.EX_NOPERM


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # The system takes the memory back at once; to take it all apart first would cost a tenth more.
    os._exit(code)
