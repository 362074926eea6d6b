"""Where the log goes: lines on standard error, without personal data (see `security/shell.py`)."""

from __future__ import annotations

import logging


def set_up_logs() -> None:
    """Our own lines, and the warnings of others."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("careround").setLevel(logging.INFO)
