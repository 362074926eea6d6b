"""What the pages share: a form's text, and where to go next."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

Text = Annotated[str, Form(max_length=300)]


def go(path: str) -> Response:
    """See there."""
    return RedirectResponse(path, 303)
