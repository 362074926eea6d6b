"""The form "What happened?": what was typed comes back with every fault, and is kept whole."""

import re

from sqlalchemy import select

from api.database.models import Repair
from api.database.tenancy import for_everything
from api.desk.repairs import day_of
from tests.api.people import made
from tests.api.repaired import REPAIRS, form_of


def test_a_refused_form_comes_back_with_what_was_typed_and_every_fault(coordinator, published, app):
    events = [
        {"kind": "new package", "told": "2026-11-24T07:00", "client": "C01", "time": "16:10", "minutes": "soon",
         "carers": "2", "weekdays": "Mon-Fri", "skills": "hoist; peg", "name": "Olive Oak"},
        {"kind": "absent", "told": "2026-11-24T07:05", "carer": "K02", "until": "never"},
    ]  # fmt: skip
    answer = coordinator.client.post(f"/a/a/rotas/{published}/today", data=form_of(coordinator, *events))
    assert answer.status_code == 422
    page = answer.text
    assert re.findall(r'<fieldset class="event"><legend>(.*?)</legend>', page) == ["Event 1", "Event 2"]
    for text in ("16:10", "soon", "Mon-Fri", "hoist; peg", "Olive Oak", "never", "2026-11-24T07:05"):
        assert f'value="{text}"' in page, text
    for chosen in ("new package", "absent", "2", "K02"):
        assert re.search(f'value="{chosen}"[^>]* selected>', page), chosen
    assert "Event 1: minutes soon:" in page
    assert "Event 2: until never:" in page
    with for_everything(app.state.engine) as session:
        assert session.scalars(select(Repair).where(Repair.rota_id == published)).all() == []


def test_what_contradicts_the_day_comes_back_too(coordinator, published):
    event = {"kind": "hospital out", "told": "2026-11-24T07:00", "client": "C01"}
    page = coordinator.client.post(f"/a/a/rotas/{published}/today", data=form_of(coordinator, event))
    assert page.status_code == 422
    assert "no event says that" in page.text
    assert 'value="C01"' in page.text


def test_a_package_of_the_form_has_its_carers_weekdays_and_skills(app, coordinator, published):
    event = {"kind": "new package", "told": "2026-11-24T07:00", "client": "C01", "time": "16:10", "minutes": "25",
             "carers": "2", "weekdays": "Wed;Fri", "skills": "Hoist"}  # fmt: skip
    answer = coordinator.client.post(
        f"/a/a/rotas/{published}/today", data=form_of(coordinator, event), follow_redirects=False
    )
    assert answer.status_code == 303
    id = answer.headers["location"].rpartition("/")[2]
    with for_everything(app.state.engine) as session:
        repair = session.get_one(Repair, id)
        [kept] = repair.events
        assert (kept["carers"], kept["days"], kept["skills"]) == (2, [2, 4], ["Hoist"])
        day = day_of(session, repair)
    new = [visit for visit in day.problem.visits if visit.id.startswith("C01-1610:")]
    assert [visit.day for visit in new] == [2, 4]
    assert {(visit.carers, visit.skills) for visit in new} == {(2, frozenset({"hoist"}))}
    made(coordinator.post(f"/agencies/a/plans/{made(coordinator.get(f'{REPAIRS}/{id}'))['plan']}/stop"))


def test_a_form_with_a_field_missing_is_refused(coordinator, published):
    form = form_of(coordinator, {"kind": "absent", "told": "2026-11-24T07:00", "carer": "K02"})
    del form["skills"]
    assert coordinator.client.post(f"/a/a/rotas/{published}/today", data=form).status_code == 422
