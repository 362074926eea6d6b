"""What goes around every request: known host names, limits, security headers, and a log without personal data."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Trouble
from api.security.limits import Rate
from api.settings import Settings

log = logging.getLogger("careround.desk")

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" our own forms would come from the origin "null"
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000"
LOCAL = ("127.0.0.1", "localhost", "[::1]")
STATIC = "/static/"


class Shell:
    """The outermost layer of the application. `answer` makes the answer for a trouble, `fault` the one for an error
    that is ours, and logs it."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        answer: Callable[[Request, Trouble], Response],
        fault: Callable[[Request, Exception], Response],
    ) -> None:
        self.app = app
        self.answer = answer
        self.fault = fault
        self.settings = settings
        self.hosts = {*LOCAL, urlsplit(settings.url).hostname or "", settings.host}
        self.rate = Rate(settings.requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, begun_to_answer = time.monotonic(), 500, False

        async def sending(message: Message) -> None:
            nonlocal status, begun_to_answer
            if message["type"] == "http.response.start":
                status, begun_to_answer = message["status"], True
                self._dress(MutableHeaders(scope=message), scope["path"])
            await send(message)

        try:
            self._refuse(scope)
            await self.app(scope, _counted(receive, self.settings.largest_upload), sending)
        except Trouble as trouble:
            await self.answer(Request(scope), trouble)(scope, receive, sending)
        except Exception as error:
            # Caught here, so that no traceback with somebody's name in its message reaches the server's log.
            answer = self.fault(Request(scope), error)
            if not begun_to_answer:
                await answer(scope, receive, sending)
        finally:
            # The route's pattern, not the path: ids of clients and carers stay out of the log.
            route = getattr(scope.get("route"), "path", "(none)")
            log.info("%s %s %s %.0f ms", scope["method"], route, status, (time.monotonic() - begun) * 1000)

    def _refuse(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        if host not in self.hosts:
            raise Trouble(400, "This server is not known by that name: say so with --public-url.")
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self.settings.largest_upload:
            raise _too_large(self.settings.largest_upload)
        if not scope["path"].startswith(STATIC):
            client = scope.get("client")
            self.rate.take(client[0] if client else "")

    def _dress(self, headers: MutableHeaders, path: str) -> None:
        headers.setdefault("Content-Security-Policy", CSP)  # a letter's page has a stricter one of its own
        for name, value in HEADERS.items():
            headers[name] = value
        if self.settings.secure:
            headers["Strict-Transport-Security"] = HSTS
        if not path.startswith(STATIC):
            headers.setdefault("Cache-Control", "no-store" if "etag" not in headers else "private, no-cache")


def _counted(receive: Receive, most: int) -> Receive:
    """A body that says no length, or lies, is stopped where it becomes too large."""
    got = 0

    async def counting() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise _too_large(most)
        return message

    return counting


def _too_large(most: int) -> Trouble:
    return Trouble(413, f"This is too large: at most {most // 1_000_000} MB are taken.")
