"""What goes wrong, as a page: the same words as the API's."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.routing import Match

from api.errors import Trouble
from api.security.guard import maybe_signed_in
from api.web.templating import page

CURES = {
    400: "Check the address that you typed.",
    403: "If this page was open for long, or you signed in again meanwhile, go back, load it anew and try once more. "
    "If it needs another role, a manager can give it to you.",
    404: "It may have been deleted, or belong to another agency. Go back to the start and open it from there.",
    409: "Things are not as they were when that page was made: go back, load it anew and look at how they are now.",
    412: "Go back, load the page anew, look at what was changed and try once more.",
    413: "Send a smaller file: leave out sheets and columns that the planner does not read, and old history.",
    422: "Go back, correct it and try again.",
    429: "Wait a moment, then load the page anew.",
    500: "Try again. If it happens again, tell whoever runs this desk at what time it was; the log says more.",
    503: "Wait a moment, then load the page anew.",
}
"""What somebody can do about it."""
WITHOUT_DATABASE = (400, 413, 429, 500, 503)
"""What is answered without asking who is there: the database may be the trouble, or should not be troubled."""


LONGEST_BACK = 300
"""Signs of an address that the form to sign in takes."""


def is_page(request: Request) -> bool:
    """Is a browser asking for a page, rather than a program for data?"""
    path = request.url.path
    return not path.startswith(("/api/", "/openapi", "/static/", "/calendar/"))


def _back(request: Request) -> str:
    """Where somebody goes on after signing in: to what was asked for, or to the page with the form that was sent."""
    if request.method == "GET":
        return _short(request.url.path, request.url.query)
    try:
        form = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    ours = form.netloc == request.headers.get("host") and _is_there(request, unquote(form.path))
    return _short(form.path, form.query) if ours else "/"


def _is_there(request: Request, path: str) -> bool:
    """Is that a page to be looked at, rather than the answer to a form?"""
    asked = {"type": "http", "method": "GET", "path": path}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)


def _short(path: str, query: str) -> str:
    back = f"{path}?{query}" if query else path
    return back if len(back) <= LONGEST_BACK else "/"


def error_page(request: Request, error: Trouble) -> Response:
    """The trouble as a page; who is not signed in is sent to sign in, and back then."""
    if error.status == 401:
        return RedirectResponse(f"/sign-in?next={quote(_back(request))}", 303)
    person = maybe_signed_in(request) if error.status not in WITHOUT_DATABASE else None
    cure = CURES.get(error.status, "")
    made = page(request, "error.html", person=person, status=error.status, error=error, cure=cure)
    made.headers.update(error.headers)
    return made
