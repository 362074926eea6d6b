"""What goes wrong, as a page: the same words as the API's."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.errors import Trouble
from api.security.guard import maybe_signed_in
from api.web.templating import page


def is_page(request: Request) -> bool:
    """Is a browser asking for a page, rather than a program for data?"""
    path = request.url.path
    return not path.startswith(("/api/", "/openapi", "/static/", "/calendar/"))


def error_page(request: Request, error: Trouble) -> Response:
    """The trouble as a page; who is not signed in is sent to sign in, and back then."""
    if error.status == 401:
        back = request.url.path if request.method == "GET" else "/"
        return RedirectResponse(f"/sign-in?next={quote(back)}", 303)
    person = maybe_signed_in(request) if error.status != 500 else None
    return page(request, "error.html", person=person, status=error.status, error=error)
