"""Problems are made of the newest tables while others write, and once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from api.database.models import Job, StoredProblem, StoredRota
from api.database.tenancy import for_agency, for_everything
from api.desk import problems
from api.desk.tables import load_tables
from tests.api.people import Person, made

DAYS = {"start": "2026-12-14", "days": 3}
"""Days of which no other test makes a problem."""
ASKED = {
    "plan": ("/agencies/a/plans", {**DAYS, "iterations": 1}),
    "rota": ("/agencies/a/rotas", {**DAYS, "name": "By hand", "legs": []}),
    "scenarios": (
        "/agencies/a/scenario-runs",
        {**DAYS, "family": "minimum-length", "scenarios": ["lengthen-45"], "iterations": 1},
    ),
}


def problem_of(app, what, id):
    """The problem that was made for what was asked."""
    with for_everything(app.state.engine) as session:
        if what == "rota":
            kept = session.get_one(StoredRota, id).problem_id
        else:
            column = Job.id if what == "plan" else Job.study_id
            kept = session.scalars(select(Job.problem_id).where(column == id)).one()
        return session.get_one(StoredProblem, kept)


def import_again(person):
    """The same data as a new version: its number."""
    rows = made(person.get("/agencies/a/tables/settings"))["items"]
    version = made(person.get("/agencies/a/tables"))["version"]
    put = person.put("/agencies/a/tables/settings", {"rows": rows}, version=version)
    return int(made(put)["version"])


def end(app, person, what, id):
    if what != "rota":
        path, _ = ASKED[what]
        made(person.post(f"{path}/{id}/stop"))


@pytest.mark.parametrize("what", ASKED)
def test_nobodys_writing_waits_while_the_data_is_loaded(app, people, monkeypatch, what):
    """On SQLite there is one writer: whoever writes in the midst of it would wait in vain. Nor does a reader stay in
    the way of an erasure, which empties the write-ahead file."""
    import_again(people["manager"])
    written, connections = [], []

    def meanwhile(*arguments):
        connections.append(app.state.engine.pool.checkedout())
        link = {"kind": "client", "person": "C01"}
        written.append(made(people["manager"].post("/agencies/a/calendars", link))["id"])
        return load_tables(*arguments)

    monkeypatch.setattr(problems, "load_tables", meanwhile)
    path, body = ASKED[what]
    id = made(people["coordinator"].post(path, body))["id"]
    assert (len(written), connections) == (1, [0])
    end(app, people["coordinator"], what, id)


@pytest.mark.parametrize("what", ASKED)
def test_what_was_loaded_before_an_import_is_not_kept_after_it(app, people, monkeypatch, what):
    """An erasure is such an import: who was erased meanwhile would come back with what was loaded before."""
    import_again(people["manager"])
    versions: list[int] = []

    def meanwhile(*arguments):
        loaded = load_tables(*arguments)
        if not versions:
            versions.append(import_again(people["manager"]))
        return loaded

    monkeypatch.setattr(problems, "load_tables", meanwhile)
    path, body = ASKED[what]
    id = made(people["coordinator"].post(path, body))["id"]
    assert [problem_of(app, what, id).tables_version] == versions
    end(app, people["coordinator"], what, id)


def test_of_many_who_ask_for_new_days_at_once_one_loads_and_all_share_it(app, people, monkeypatch):
    import_again(people["manager"])
    path, body = ASKED["rota"]
    loads = []

    def slowly(*arguments):
        loads.append(arguments[1])
        time.sleep(1.0)  # so that the others come while it loads
        return load_tables(*arguments)

    monkeypatch.setattr(problems, "load_tables", slowly)
    many = [Person(app, "coordinator@example.org") for _ in range(6)]
    with ThreadPoolExecutor(len(many)) as pool:
        answers = list(pool.map(lambda person: person.post(path, body), many))
    kept = {problem_of(app, "rota", made(answer)["id"]).id for answer in answers}
    assert (len(kept), loads) == (1, [date(2026, 12, 14)])


def test_another_server_may_have_kept_it_meanwhile(app, people):
    """Its memory is another one: of two who loaded the second takes what the first kept."""
    import_again(people["manager"])
    with for_agency(app.state.engine, "a", "tests") as session:
        asked = problems.look(session, date(2026, 12, 14), 3)
    made_of = problems.make(asked)
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        first = problems.keep(session, asked, made_of)
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        assert problems.keep(session, asked, made_of) == first
        assert first is not None


def test_what_was_made_while_the_roads_were_silent_is_made_anew_when_it_was_not_kept(
    app, people, monkeypatch
):
    import_again(people["manager"])
    with for_agency(app.state.engine, "a", "tests") as session:
        asked = problems.look(session, date(2026, 12, 14), 3)
    loaded = load_tables(asked.tables, asked.start, asked.days)
    silent = replace(loaded, journeys=replace(loaded.journeys, failures=["no answer"]))
    answers = [silent, loaded, silent]
    monkeypatch.setattr(problems, "load_tables", lambda *_: answers.pop(0))
    assert [problems.make(asked).fell_back for _ in range(3)] == [True, False, False]
