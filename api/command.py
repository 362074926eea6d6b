"""`careround serve` and `careround audit` (added to the command line by entry points)."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from scheduler.cli.arguments import a_whole_number
from scheduler.errors import CareroundError


def register(commands: Any) -> None:
    """Add the commands."""
    serve = commands.add_parser(
        "serve",
        help="start the coordinator's desk: pages and API in the browser",
        description="Start the coordinator's desk. The database is migrated first (an SQLite file is copied before); "
        "the first start prints a link that makes the first account. Settings can also come from the environment: "
        "CAREROUND_DATABASE, CAREROUND_FIRST_USER with CAREROUND_FIRST_PASSWORD, CAREROUND_PUBLIC_URL; "
        "CAREROUND_OSRM or CAREROUND_MAP (roads for all agencies, see the README's Travel times); "
        "CAREROUND_STREETS (an OpenStreetMap extract whose streets are drawn under boards, where not those of "
        "CAREROUND_MAP); "
        "CAREROUND_SIGN_INS_PER_MINUTE (20) and CAREROUND_REQUESTS_PER_MINUTE (6000) limit one address. They are "
        "counted in the memory of this process and begin anew when it is started; the lock-out of an account stays.",
    )
    _add_database(serve)
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="where to listen; only this machine reaches it where nothing is said (default: 127.0.0.1)",
    )
    serve.add_argument(
        "--port", type=a_whole_number(1, 65535), default=8000, metavar="N", help="the port (default: 8000)"
    )
    serve.add_argument(
        "--public-url", default="", metavar="URL", help="how browsers reach it, as https://desk.example.org"
    )
    serve.add_argument(
        "--demo",
        action="store_true",
        help="where there is no agency yet: the demo agency, whose week is planned at once (its page tells how far) "
        "and published then",
    )
    serve.set_defaults(run=run_serve)
    audit = commands.add_parser(
        "audit", help="verify that nobody bent the desk's audit: exit 0 if whole, 1 if not"
    )
    _add_database(audit)
    audit.set_defaults(run=run_audit)
    password = commands.add_parser(
        "password",
        help="a link that sets an account's forgotten password anew",
        description="Print a link with which the account of that e-mail address sets its password anew, once. For "
        "whoever runs the desk: a manager gives such links on the page 'Who may come in'.",
    )
    password.add_argument("email", metavar="EMAIL", help="the account's e-mail address")
    password.add_argument("--public-url", default="", metavar="URL", help="how browsers reach the desk")
    _add_database(password)
    password.set_defaults(run=run_password_link)


def _add_database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database",
        default="",
        metavar="URL",
        help="sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME (default: careround.sqlite in this folder)",
    )


def run_serve(given: argparse.Namespace) -> int:
    """Serve until somebody stops it."""
    import uvicorn

    from api.app import create_app
    from api.demo import ensure_demo
    from api.desk.roads import require_usable
    from api.logs import set_up_logs
    from api.security.accounts import ensure_first_user
    from api.settings import from_environment
    from scheduler.solve.compiled_code import is_compiled

    settings = from_environment()
    settings = replace(
        settings,
        database=given.database or settings.database,
        host=given.host,
        port=given.port,
        public_url=given.public_url or settings.public_url,
    )
    if given.host in ("0.0.0.0", "::") and not settings.public_url:
        raise CareroundError(
            "Say with --public-url how browsers reach this server; it answers to no other name."
        )
    require_usable()
    set_up_logs()
    if not is_compiled():  # (the first question about a rota must not wait for that)
        from scheduler.solve.warm import warm_up

        warm_up(lambda line: print(line, file=sys.stderr, flush=True))
    app = create_app(settings)
    if given.demo:
        ensure_demo(app.state.engine, settings)
    link = ensure_first_user(app.state.engine, settings)
    print(f"The desk is at {settings.url}", file=sys.stderr, flush=True)
    if link is not None:
        print(
            f"Nobody has an account yet. This link makes the first one, once:\n  {link}",
            file=sys.stderr,
            flush=True,
        )
    uvicorn.run(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    return 0


def run_password_link(given: argparse.Namespace) -> int:
    """Make the link and print it."""
    from api.database.engine import make_engine
    from api.errors import Trouble
    from api.security.resets import give_for_address
    from api.settings import from_environment

    settings = from_environment()
    settings = replace(
        settings,
        database=_there(given.database or settings.database),
        public_url=given.public_url or settings.public_url,
    )
    try:
        print(give_for_address(make_engine(settings.database), settings, given.email))
    except Trouble as trouble:
        raise CareroundError(trouble.detail) from trouble
    return 0


def _there(url: str) -> str:
    """The address, unless it is of an SQLite file that is not there: opening it would make an empty one."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        raise CareroundError(f"There is no database at {url}.")
    return url


def run_audit(given: argparse.Namespace) -> int:
    """Follow the chain; say where it is broken."""
    from sqlalchemy import func, select

    from api.database.audit import verify
    from api.database.engine import make_engine
    from api.database.models import AuditEntry
    from api.database.tenancy import for_everything
    from api.settings import from_environment

    with for_everything(make_engine(_there(given.database or from_environment().database))) as session:
        broken = list(verify(session))
        count = session.scalar(select(func.count(AuditEntry.number)))
    for found in broken:
        print(f"Entry {found.number}: {found.reason}.")
    print(f"{count} entries, {'the chain is whole' if not broken else f'broken at {len(broken)} places'}.")
    return 1 if broken else 0
