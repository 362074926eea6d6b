"""The application: routes, pages, the shell around them, and the jobs beside them."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, TimeoutError
from starlette.exceptions import HTTPException

from api.database.migrate import open_database
from api.errors import JSON_TYPE, Trouble, from_careround
from api.jobs.runner import Runner
from api.routes import api, open_to_all
from api.schemas import ProblemOut
from api.security.limits import Rate
from api.security.shell import Shell
from api.settings import Settings
from api.web import pages
from api.web.errors import error_page, is_page
from api.web.shelf import serve as serve_file
from scheduler.errors import CareroundError

log = logging.getLogger("careround.desk")

DESCRIPTION = """
Everything that the coordinator's desk shows and does.

Sign in with `POST /api/v1/session`; the answer's `csrf` goes into the header `X-CSRF-Token` of every change. Ids are
random. Lists come in pages (`limit`, `after`). What is edited is guarded by ETags (`If-Match`), what is created can
carry an `Idempotency-Key`. Whatever goes wrong comes as `application/problem+json`.
"""
FAULT = "Something went wrong here that is our fault; it was written into the log. Nothing was changed."
BUSY = "The database is busy or cannot be reached; nothing was changed. Try again in a moment."


def create_app(settings: Settings, engine: Engine | None = None, jobs: bool = True) -> FastAPI:
    """The application on a migrated database. `jobs`: also run the plans (one server of a database does)."""
    engine = engine or open_database(settings.database)
    runner = Runner(engine, settings) if jobs else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if runner is not None:
            runner.start()
        yield
        if runner is not None:
            runner.close()

    app = FastAPI(
        title="Careround",
        version=own_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.engine = engine
    app.state.settings = settings
    app.state.sign_ins = Rate(settings.sign_ins_per_minute)
    app.state.calendars = Rate(settings.calendars_per_minute)
    app.include_router(api())
    app.include_router(open_to_all())
    app.include_router(pages.router)
    app.add_route("/static/{name:path}", serve_file, include_in_schema=False)
    _answer_troubles(app)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]  # FastAPI's own way
    app.add_middleware(Shell, settings=settings, answer=answer, fault=fault)
    return app


def own_version() -> str:
    """The installed version."""
    try:
        return version("careround")
    except PackageNotFoundError:
        return "0"


def _answer_troubles(app: FastAPI) -> None:
    """One shape for everything that goes wrong."""

    @app.exception_handler(Trouble)
    def trouble(request: Request, error: Trouble) -> Response:
        return answer(request, error)

    @app.exception_handler(CareroundError)
    def careround_error(request: Request, error: CareroundError) -> Response:
        return answer(request, from_careround(error))

    @app.exception_handler(OperationalError)
    @app.exception_handler(TimeoutError)
    def busy(request: Request, error: Exception) -> Response:
        log.error(
            "database: %s", type(error).__name__
        )  # without its message, which may hold what was written
        return answer(request, Trouble(503, BUSY, headers={"Retry-After": "5"}))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        # Not the values: they may be personal, and whoever sent them knows them.
        errors = [{"where": list(map(str, e["loc"])), "problem": e["msg"]} for e in error.errors()]
        told = "; ".join(f"{'.'.join(e['where'][1:]) or 'the request'}: {e['problem']}" for e in errors[:5])
        return answer(request, Trouble(422, f"This cannot be used: {told}.", {"errors": errors}))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        if isinstance(error.__cause__, Trouble):  # what stopped a body half-way: FastAPI calls it unreadable
            return answer(request, error.__cause__)
        headers = dict(error.headers or {})
        return answer(request, Trouble(error.status_code, str(error.detail), headers=headers))


def fault(request: Request, error: Exception) -> Response:
    """An error that is ours: where it happened goes into the log, but not its message, which may hold a name."""
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:]]
    log.error("fault %s at %s", type(error).__name__, " < ".join(reversed(places)))
    return answer(request, Trouble(500, FAULT))


def answer(request: Request, error: Trouble) -> Response:
    """The trouble as problem+json, or as a page for who asked for one."""
    if is_page(request):
        return error_page(request, error)
    return JSONResponse(error.body(), error.status, error.headers, media_type=JSON_TYPE)


def _described(app: FastAPI) -> dict[str, object]:
    """The OpenAPI document: with the shape of errors in place of the framework's own."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = document["components"]["schemas"]
        schemas[ProblemOut.__name__] = ProblemOut.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        app.openapi_schema = document
    return app.openapi_schema
