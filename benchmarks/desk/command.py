"""`python -m benchmarks desk`: milliseconds that people wait for the desk, alone and with fifty of them."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.desk.asked import Rota
from benchmarks.desk.page import usable
from benchmarks.desk.server import Person, Server, a_server
from benchmarks.desk.times import alone, together
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row
from benchmarks.tables import text_table
from scheduler.errors import CareroundError

NAME = "desk"
SMOKE = ("--seconds", "1", "--repeats", "2", "--users", "3", "--reading", "2", "--no-browser")
WEB = ("fastapi", "sqlalchemy", "uvicorn")


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="milliseconds that people wait for the coordinator's desk")
    add_agencies(parser, ("branch",))
    parser.add_argument("--database", default="", metavar="URL", help="an empty one (default: SQLite)")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="search for the rota (default: %(default)g)"
    )
    parser.add_argument(
        "--repeats", type=int, default=40, metavar="N", help="of each request (default: %(default)s)"
    )
    parser.add_argument(
        "--users", type=int, default=50, metavar="N", help="who read at once (default: %(default)s)"
    )
    parser.add_argument(
        "--reading", type=float, default=60.0, metavar="SECONDS", help="for so long (default: %(default)g)"
    )
    parser.add_argument("--no-browser", action="store_true", help="leave Chromium out")
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Time each agency's desk; print the tables and add to desk.csv. 1 if a request failed."""
    if min(given.repeats, given.users) < 1:
        raise CareroundError("Use 1 or more for --repeats and --users.")
    errors = 0
    with agencies(given) as asked:
        for agency in asked:
            with tempfile.TemporaryDirectory() as room, a_server(Path(room), given.database) as server:
                errors += _one(given, agency, server)
    return 1 if errors else 0


def _one(given: argparse.Namespace, agency: Agency, server: Server) -> int:
    rota = prepared(server.manager, agency, given.seconds)
    before = stamp() | {part: version(part) for part in WEB}
    found = {("", what): times for what, times in alone(server.manager, rota, given.repeats).items()}
    if not given.no_browser:
        page = usable(server.manager, rota, server.base, max(1, given.repeats // 8))
        found |= {("", "board usable in Chromium"): page} if page else {}
    people = server.people(rota.agency, given.users)
    plan = _plan(server.manager, rota.agency, agency, given.reading + 30)
    while _state(server.manager, rota.agency, plan) == "queued":
        time.sleep(0.2)
    crowd = f"{given.users} reading, a plan running"
    found |= {(crowd, what): times for what, times in together(people, rota, given.reading).items()}
    if _state(server.manager, rota.agency, plan) != "running":
        raise CareroundError("The plan was over before the readers were.")
    server.manager.ask("POST", f"/agencies/{rota.agency}/plans/{plan}/stop")
    about = {"agency": agency.name, "visits": len(rota.board["visits"]), "carers": len(rota.board["carers"])}
    rows = [{"who": who or "alone", "what": what} | times.row() for (who, what), times in found.items()]
    for row in rows:
        append_row(given.results / "desk.csv", before | about | row)
    print(
        f"{agency.name}: {about['visits']:,} visits, {about['carers']} carers; load before {before['load']}"
    )
    print(text_table(rows), end="\n\n")
    return sum(times.errors for times in found.values())


def prepared(manager: Person, agency: Agency, seconds: float) -> Rota:
    """The agency on the desk, with its data and a planned rota."""
    id = str(manager.ask("POST", "/agencies", json={"name": "Agency"}).json()["id"])
    files = [("files", (path.name, path.read_bytes())) for path in sorted(agency.folder.glob("*.csv"))]
    manager.ask("POST", f"/agencies/{id}/imports?start={agency.start}", files=files)
    plan = _plan(manager, id, agency, seconds)
    while (told := manager.ask("GET", f"/agencies/{id}/plans/{plan}").json())["finished_at"] is None:
        time.sleep(0.5)
    if told["rota"] is None:
        raise CareroundError(f"The plan came to nothing: {told['told']}")
    answer = manager.ask("GET", f"/agencies/{id}/rotas/{told['rota']}/board")
    board: Mapping[str, Any] = json.loads(answer.text)
    return Rota(id, told["rota"], {**board, "etag": answer.headers["ETag"]})


def _plan(manager: Person, id: str, agency: Agency, seconds: float) -> str:
    body = {"start": agency.start.isoformat(), "days": agency.days, "seconds": seconds}
    return str(manager.ask("POST", f"/agencies/{id}/plans", json=body).json()["id"])


def _state(manager: Person, id: str, plan: str) -> str:
    return str(manager.ask("GET", f"/agencies/{id}/plans/{plan}").json()["state"])
