"""What goes wrong, as a page: the same words as the API's."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.errors import Trouble
from api.security.guard import maybe_signed_in
from api.web.templating import page

CURES = {
    400: "Check the address that you typed.",
    403: "If this page was open for long, or you signed in again meanwhile, go back, load it anew and try once more. "
    "If it needs another role, a manager can give it to you.",
    404: "It may have been deleted, or belong to another agency. Go back to the start and open it from there.",
    413: "Send a smaller file: leave out sheets and columns that the planner does not read, and old history.",
    422: "Go back, correct it and try again.",
    429: "Wait a moment, then load the page anew.",
    500: "Try again. If it happens again, tell whoever runs this desk at what time it was; the log says more.",
    503: "Wait a moment, then load the page anew.",
}
"""What somebody can do about it."""
WITHOUT_DATABASE = (400, 413, 429, 500, 503)
"""What is answered without asking who is there: the database may be the trouble, or should not be troubled."""


def is_page(request: Request) -> bool:
    """Is a browser asking for a page, rather than a program for data?"""
    path = request.url.path
    return not path.startswith(("/api/", "/openapi", "/static/", "/calendar/"))


def error_page(request: Request, error: Trouble) -> Response:
    """The trouble as a page; who is not signed in is sent to sign in, and back then."""
    if error.status == 401:
        back = request.url.path if request.method == "GET" else "/"
        return RedirectResponse(f"/sign-in?next={quote(back)}", 303)
    person = maybe_signed_in(request) if error.status not in WITHOUT_DATABASE else None
    cure = CURES.get(error.status, "")
    made = page(request, "error.html", person=person, status=error.status, error=error, cure=cure)
    made.headers.update(error.headers)
    return made
