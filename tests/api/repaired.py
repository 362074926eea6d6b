"""What the tests of repairs do and look at."""

import html
import json
import re

from sqlalchemy import select

from api.database.models import StoredLeg
from api.database.tenancy import for_everything
from api.desk.queue import claim_next
from api.jobs.work import work
from api.web.pages.events import FIELDS
from tests.api.people import made

ROTAS = "/agencies/a/rotas"
REPAIRS = "/agencies/a/repairs"


def run_job(app, plan):
    """What the process of the job does, here and now."""
    claimed = claim_next(app.state.engine, 10)
    while claimed is not None and claimed.job != plan:
        claimed = claim_next(app.state.engine, 10)
    assert claimed is not None
    work(app.state.engine, claimed)


def legs_in_database(app, rota):
    """Who goes where, as the database has it."""
    with for_everything(app.state.engine) as session:
        rows = session.execute(
            select(StoredLeg.visit, StoredLeg.carer, StoredLeg.start, StoredLeg.minutes, StoredLeg.second)
            .where(StoredLeg.rota_id == rota)
            .order_by(StoredLeg.visit, StoredLeg.carer)
        ).all()
        return [tuple(row) for row in rows]


def a_copy(coordinator, rota):
    """A draft that is as that rota is now: its id."""
    return made(coordinator.post(ROTAS, {"copy_of": rota, "name": "Copy"}))["id"]


def form_of(coordinator, *events):
    """The form of the page "What happened?" with these events: column -> text."""
    columns = {name: [event.get(name, "") for event in events] for name in FIELDS}
    return {"csrf": coordinator.client.headers["X-CSRF-Token"], **columns}


def changed_on(page):
    """The visits that a board marks as changed."""
    return json.loads(html.unescape(re.findall(r'data-changed="([^"]*)"', page)[0]))
