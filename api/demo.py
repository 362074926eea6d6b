"""The demo agency on a fresh desk: its data, and its week as a plan that waits for its turn and is published then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select

import scenarios
from api.database.models import Agency
from api.database.tenancy import for_everything, narrow
from api.desk import tables
from api.desk.problems import keep, look, make
from api.desk.queue import add
from api.security.accounts import SYSTEM
from api.settings import Settings

FOLDER = Path(scenarios.__file__).parent / "agencies" / "demo"
START = date(2026, 11, 23)
"""The demo agency's history ends on the day before."""
SECONDS = 45


def ensure_demo(engine: Engine, settings: Settings) -> None:
    """Make the demo agency, unless there is an agency already."""
    files = [tables.Upload(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.csv"))]
    with for_everything(engine, SYSTEM, writes=True) as session:
        if session.scalar(select(func.count(Agency.id))):
            return
        agency = Agency(name="Demo agency")
        session.add(agency)
        session.flush()
        narrow(session, agency.id)
        tables.keep(session, agency.id, tables.read_files(files, START), None)
        session.flush()
        request = {
            "seconds": SECONDS,
            "iterations": None,
            "seed": 1,
            "workers": settings.workers,
            "name": "Demo week",
            "from_rota": None,
            "publish": True,
        }
        asked = look(session, START, 7)
        problem = keep(session, asked, make(asked))
        assert problem is not None  # nobody else is here yet
        add(session, problem, request, None, settings.plans_per_agency)
