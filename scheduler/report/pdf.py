"""Our pages as tagged PDFs (PDF/UA-1) that a screen reader can read; nothing is fetched for them."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from scheduler.errors import OutputError

VARIANT = "pdf/ua-1"
_CURE = (
    "PDFs need the library Pango, which is not on this system (Debian: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango; Windows: install MSYS2, then pango)."
)


def to_pdf(page: str) -> bytes:
    """A page of ours (complete HTML) as a tagged PDF. The same page gives the same bytes.

    OutputError where the system lacks Pango, the library that sets the text.
    """
    weasyprint, fonts, fetcher = _engine()
    document = weasyprint.HTML(string=page, url_fetcher=fetcher)
    content: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=b"careround", font_config=fonts)
    return content


@cache
def _engine() -> tuple[Any, Any, Any]:
    """WeasyPrint, the fonts that it has looked up, and a fetcher that knows pictures inside the page alone."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise OutputError(_CURE) from error
    for name in ("weasyprint", "fontTools"):  # they tell of CSS that is for screens only
        logging.getLogger(name).setLevel(logging.ERROR)
    return weasyprint, FontConfiguration(), URLFetcher(allowed_protocols={"data"})
