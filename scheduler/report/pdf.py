"""A page of ours as a PDF that can be read aloud: tagged, PDF/UA-1, from the same HTML."""

from __future__ import annotations

import logging
from typing import Any

from scheduler.errors import OutputError

_CURE = (
    "Install Pango (on Debian: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0), or leave "
    "the PDF files out with --no-pdf."
)


def to_pdf(html: str) -> bytes:
    """The page as PDF; the same page gives the same bytes. Nothing is fetched: a page carries all that it shows.
    Raises OutputError where the system lacks the libraries that set type."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError, URLFetcher
    except OSError as error:
        raise OutputError(f"PDF files cannot be made here ({error}). {_CURE}") from error

    class Nothing(URLFetcher):  # type: ignore[misc]
        """Refuses every address that is not part of the page itself."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"a page of ours asks for {url[:80]}")

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells of CSS that is for screens only
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    made: bytes = HTML(string=html, url_fetcher=Nothing()).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=b"careround"
    )
    return made
