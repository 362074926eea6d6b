"""Repairs: what happened is taken in, proposals come one by one, one is applied, undone; people to tell; who could."""

import html
import re

from sqlalchemy import select

from api.database.models import Agency, Job, JobState, Repair, RotaState, StoredRota
from api.database.tenancy import for_everything
from api.desk import repairs as desk_repairs
from api.jobs import repairing
from api.routes import repairs as routes
from scheduler.repair import propose, take_in
from tests.api.conftest import rota_body
from tests.api.people import made, refused
from tests.api.repaired import REPAIRS, ROTAS, a_copy, changed_on, form_of, legs_in_database, run_job


def test_proposals_come_with_their_figures_and_as_drafts(app, coordinator, repaired, published, ill, planned):
    assert repaired["state"] == "done"
    assert repaired["sentences"][0].endswith("is absent from Tue 05:00 to Tue 24:00.")
    assert 1 <= len(repaired["proposals"]) <= 3
    assert repaired["proposals"][0]["name"] == "fewest"
    own = {leg.visit for leg in planned.legs if leg.carer == ill["carer"] and 1440 <= leg.start < 2880}
    for one in repaired["proposals"]:
        assert one["hard"] == 0
        assert one["clients"] >= 1
        draft = made(coordinator.get(f"{ROTAS}/{one['rota']}"))
        assert draft["state"] == "draft"
        still = {leg["visit"] for leg in draft["legs"] if leg["carer"] == ill["carer"]}
        assert not still & own
        # judged by the desk with what happened in it, nothing hard is broken
        assert made(coordinator.get(f"{ROTAS}/{one['rota']}/check"))["hard"] == 0


def test_one_is_applied_and_people_are_to_be_told_and_ticked(app, coordinator, repaired, published):
    new = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    assert (new["state"], new["id"]) == ("published", repaired["proposals"][0]["rota"])
    assert made(coordinator.get(f"{ROTAS}/{published}"))["state"] == "superseded"
    for other in repaired["proposals"][1:]:
        refused(coordinator.get(f"{ROTAS}/{other['rota']}"), 404)
    people = made(coordinator.get(f"{ROTAS}/{new['id']}/tellings"))
    clients = sum(1 for one in people if one["who"] == "client")
    carers = len(people) - clients
    first = repaired["proposals"][0]
    assert (clients, carers) == (first["clients"], first["carers"])
    assert [one["by"] for one in people] == sorted(one["by"] for one in people)
    assert all(one["sentence"] and one["told_at"] is None for one in people)
    told = made(coordinator.put(f"/agencies/a/tellings/{people[0]['id']}", {"told": True}))
    assert told["told_at"]
    again = made(coordinator.get(f"{ROTAS}/{new['id']}/tellings"))
    assert [one["id"] for one in again] == [one["id"] for one in people], "nobody moves under the next click"
    refused(
        coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}), 409, "applied already"
    )


def test_applied_while_others_are_looked_for_no_stray_draft_is_left(
    app, coordinator, published, ill, monkeypatch
):
    """The coordinator takes the first proposal as soon as it is there; the search is still at the next ones."""
    begun = made(coordinator.post(f"{ROTAS}/{published}/repairs", {"events": [ill], "iterations": 100}))
    found: list[str] = []

    def watched(*arguments, **more):
        for proposal in propose(*arguments, **more):
            found.append(proposal.name)
            yield proposal
            if len(found) == 1:
                applied = coordinator.post(f"{REPAIRS}/{begun['id']}/apply", {"proposal": "fewest"})
                assert made(applied)["state"] == "published"

    monkeypatch.setattr(repairing, "propose", watched)
    run_job(app, begun["plan"])
    assert len(found) == 2, "one more was found after the application, and then none was looked for"
    kept = made(coordinator.get(f"{REPAIRS}/{begun['id']}"))
    assert [one["name"] for one in kept["proposals"]] == ["fewest"]
    assert kept["state"] == "stopped"
    with for_everything(app.state.engine) as session:
        made_of_it = select(StoredRota.state).where(StoredRota.made_from == published)
        assert session.scalars(made_of_it).all() == [RotaState.PUBLISHED]


def test_applied_while_the_search_waits_to_be_begun_again_the_rotas_are_held_before_its_end_is_told(
    app, coordinator, repaired
):
    """Its process died after the first proposal. (A wrong order of locks is seen by the watch in turns.py.)"""
    with for_everything(app.state.engine, writes=True) as session:
        session.get_one(Job, repaired["plan"]).state = JobState.QUEUED
    new = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    assert new["state"] == "published"
    assert made(coordinator.get(f"{REPAIRS}/{repaired['id']}"))["state"] == "stopped"


def test_undone_the_rota_before_holds_again_to_the_byte(app, coordinator, repaired, published):
    before = legs_in_database(app, published)
    earlier = {one["id"] for one in made(coordinator.get(f"{ROTAS}/{published}/tellings"))}
    new = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    people = made(coordinator.get(f"{ROTAS}/{new['id']}/tellings"))
    made(coordinator.put(f"/agencies/a/tellings/{people[0]['id']}", {"told": True}))
    back = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/undo"))
    assert (back["id"], back["state"]) == (published, "published")
    assert legs_in_database(app, published) == before
    assert made(coordinator.get(f"{ROTAS}/{new['id']}"))["state"] == "superseded"
    # only who was told of the repair has to hear that it is off
    retold = made(coordinator.get(f"{ROTAS}/{published}/tellings"))
    assert [one["person"] for one in retold if one["id"] not in earlier] == [people[0]["person"]]
    refused(coordinator.post(f"{REPAIRS}/{repaired['id']}/undo"), 409, "nothing to undo")


def test_no_plan_begins_with_what_happened_since_it_would_forget_it(coordinator, repaired, published):
    """Not with a proposal, nor the rota that was applied, nor a draft of that; the page offers it with none."""
    own = repaired["proposals"][0]["rota"]

    def none_of(rota):
        body = {"start": "2026-11-23", "iterations": 1, "from_rota": rota}
        refused(coordinator.post("/agencies/a/plans", body), 409, "would forget what happened")
        assert "Plan again from here" not in coordinator.client.get(f"/a/a/rotas/{rota}").text

    none_of(own)
    made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    none_of(own)
    none_of(a_copy(coordinator, own))
    plain = a_copy(coordinator, published)
    assert "Plan again from here" in coordinator.client.get(f"/a/a/rotas/{plain}").text


def test_a_viewer_sees_what_a_proposal_changes_and_nothing_that_would_refuse(people, coordinator, repaired):
    own = repaired["proposals"][0]["rota"]
    for path in (f"/a/a/rotas/{own}", f"/a/a/rotas/{own}?repair={repaired['id']}"):
        page = people["viewer"].client.get(path)
        assert page.status_code == 200
        assert changed_on(page.text)
        assert "/repairs/" not in page.text
        assert "Apply" not in page.text
        assert f"/repairs/{repaired['id']}/apply" in coordinator.client.get(path).text


def test_newer_data_is_told_with_what_can_be_done_about_it(app, people, coordinator, repaired, published):
    own, plain = repaired["proposals"][0]["rota"], a_copy(coordinator, published)

    def imported(more):
        with for_everything(app.state.engine, writes=True) as session:
            session.get_one(Agency, "a").tables_version += more

    def told(person, path):
        """The sentence on newer data, from the version that is there now."""
        page = html.unescape(person.client.get(f"/a/a/rotas/{path}").text)
        [end] = re.findall(r"version \d+ then, \d+ now\)(.*?)</p>", page)
        return end

    imported(1)
    try:
        next_days = ": publish it, then plan the next days from the new data."
        assert told(coordinator, own) == told(coordinator, f"{own}/publish") == next_days
        assert told(coordinator, plain) == ': "Plan again from here" takes the new data in.'
        assert (
            told(coordinator, published)
            == ': in a draft of it, "Plan again from here" takes the new data in.'
        )
        assert told(people["viewer"], published) == "."
        made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
        assert told(coordinator, own) == ": plan the next days from the new data."
    finally:
        imported(-1)


def test_what_happened_is_told_whole_and_only_to_those_who_plan(coordinator, repaired, published):
    """Every carer reads the notes of a publication: that a colleague is ill is none of them."""
    new = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    assert new["notes"] == ""
    page = html.unescape(coordinator.client.get(f"/a/a/rotas/{new['id']}/tell").text)
    assert " ".join(repaired["sentences"]) in page
    assert not made(coordinator.get(f"{REPAIRS}/{repaired['id']}"))["by_hand"]


def test_a_second_repair_of_the_day_knows_what_happened_before(app, coordinator, repaired, ill):
    new = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    body = {
        "events": [{"told": "2026-11-24T06:00", "kind": "late", "carer": ill["carer"], "minutes": 20}],
        "iterations": 50,
    }
    told = refused(coordinator.post(f"{ROTAS}/{new['id']}/repairs", body), 422)
    assert "absent" in told["faults"][0]["problem"]


def test_the_page_counts_what_is_otherwise_than_was_told_first(
    app, coordinator, repaired, published, planned
):
    """Two repairs after each other, the second of a visit that the first one gave to somebody else; one that is undone
    counts no more."""

    was = {visit: {leg.carer for leg in legs} for visit, legs in planned.legs_by_visit.items()}

    def counted(rota):
        page = coordinator.client.get(f"/a/a/rotas/{rota}/today").text
        found = re.search(r"<b>(\d+) promises? (?:is|are) otherwise .*</b>, after (\d+) repair", page)
        return tuple(map(int, found.groups())) if found else None

    def somebody_else(rota):
        """Visits of the first rota to which others come."""
        carers: dict[str, set[str]] = {}
        for leg in made(coordinator.get(f"{ROTAS}/{rota}"))["legs"]:
            carers.setdefault(leg["visit"], set()).add(leg["carer"])
        return sum(carers.get(visit) != own for visit, own in was.items())

    assert counted(published) is None
    first = repaired["proposals"][0]
    new = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    assert first["changed"] == first["changed_in_all"] > 0
    assert counted(new["id"]) == (first["changed"], 1)
    again = next(
        leg
        for leg in reversed(made(coordinator.get(f"{ROTAS}/{new['id']}"))["legs"])
        if leg["carer"] not in was.get(leg["visit"], {leg["carer"]}) and leg["start"] > "2026-11-24T07:00"
    )
    never = {"told": "2026-11-24T06:00", "kind": "never", "client": again["visit"].partition("-")[0],
             "carer": again["carer"]}  # fmt: skip
    begun = made(coordinator.post(f"{ROTAS}/{new['id']}/repairs", {"events": [never], "iterations": 50}))
    run_job(app, begun["plan"])
    second = made(coordinator.get(f"{REPAIRS}/{begun['id']}"))["proposals"][0]
    newest = made(coordinator.post(f"{REPAIRS}/{begun['id']}/apply", {"proposal": second["name"]}))
    assert counted(newest["id"]) == (second["changed_in_all"], 2)
    twice = again["carer"] not in {
        leg["carer"]
        for leg in made(coordinator.get(f"{ROTAS}/{newest['id']}"))["legs"]
        if leg["visit"] == again["visit"]
    }
    assert twice, "both repairs changed this one: it would be in the sum of the two figures twice"
    assert somebody_else(newest["id"]) <= second["changed_in_all"] < first["changed"] + second["changed"]
    made(coordinator.post(f"{REPAIRS}/{begun['id']}/undo"))
    assert counted(new["id"]) == (first["changed"], 1)


def test_a_repair_of_before_all_changes_were_counted_is_shown_without_the_number(
    app, coordinator, repaired, published
):
    with for_everything(app.state.engine, writes=True) as session:
        kept = session.get_one(Repair, repaired["id"])
        kept.proposals = [{k: v for k, v in one.items() if k != "changed_in_all"} for one in kept.proposals]
    assert made(coordinator.get(f"{REPAIRS}/{repaired['id']}"))["proposals"][0]["changed_in_all"] is None
    new = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    page = coordinator.client.get(f"/a/a/rotas/{new['id']}/today").text
    assert "Changed so far" in page
    assert "told first" not in page


def test_a_draft_is_not_repaired(coordinator, planned, ill):
    draft = made(coordinator.post(ROTAS, rota_body(planned)))["id"]
    refused(coordinator.post(f"{ROTAS}/{draft}/repairs", {"events": [ill]}), 409, "publish the rota first")


def test_events_that_do_not_fit_are_all_told_and_nothing_is_kept(app, coordinator, published, ill):
    body = {"events": [ill | {"carer": "K99"}, {"told": "2026-11-24T07:00", "kind": "longer", "minutes": 90}]}
    faults = refused(coordinator.post(f"{ROTAS}/{published}/repairs", body), 422)["faults"]
    assert len(faults) == 2
    with for_everything(app.state.engine) as session:
        assert session.scalars(select(Repair).where(Repair.rota_id == published)).all() == []


def test_another_publication_in_between_stops_an_application(coordinator, repaired, planned):
    rota = made(coordinator.post(ROTAS, rota_body(planned)))
    made(coordinator.post(f"{ROTAS}/{rota['id']}/publish", {"notes": ""}, version=rota["version"]))
    refused(
        coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}),
        409,
        "since these proposals",
    )
    own = repaired["proposals"][0]["rota"]
    refused(
        coordinator.post(f"{ROTAS}/{own}/publish", {"notes": ""}, version=1), 409, "since these proposals"
    )
    page = coordinator.client.get(f"/a/a/rotas/{own}/publish").text
    assert f"/a/a/rotas/{rota['id']}/today" in page
    assert "<button>Publish</button>" not in page


def test_nobodys_writing_waits_while_the_day_is_made_again_or_a_way_is_judged(
    app, people, coordinator, published, ill, monkeypatch
):
    """On SQLite there is one writer: whoever writes in the midst of it would wait in vain."""
    written = []

    def meanwhile(name):
        real = getattr(desk_repairs, name)

        def slow(*arguments):
            link = {"kind": "client", "person": "C01"}
            written.append((name, made(people["other"].post("/agencies/b/calendars", link))["id"]))
            return real(*arguments)

        monkeypatch.setattr(desk_repairs, name, slow)

    for name in ("take_in", "package_answers", "cover_list"):
        meanwhile(name)
    begun = made(coordinator.post(f"{ROTAS}/{published}/repairs", {"events": [ill], "iterations": 50}))
    form = form_of(coordinator, {"kind": "absent", "told": "2026-11-24T07:05", "carer": "K02"})
    answer = coordinator.client.post(f"/a/a/rotas/{published}/today", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert [name for name, _ in written] == ["take_in", "take_in"]
    run_job(app, begun["plan"])
    ways = len(made(coordinator.get(f"{REPAIRS}/{begun['id']}"))["proposals"])
    assert [name for name, _ in written[2:]] == ["take_in", *["package_answers", "cover_list"] * ways]
    entered = answer.headers["location"].rpartition("/")[2]
    made(coordinator.post(f"/agencies/a/plans/{made(coordinator.get(f'{REPAIRS}/{entered}'))['plan']}/stop"))


def test_a_rota_that_became_another_while_its_day_was_made_again_is_not_repaired(
    app, coordinator, published, ill, monkeypatch
):
    def meanwhile(*arguments):
        with for_everything(app.state.engine, writes=True) as session:
            session.get_one(StoredRota, published).version += 1
        return take_in(*arguments)

    monkeypatch.setattr(desk_repairs, "take_in", meanwhile)
    body = {"events": [ill], "iterations": 50}
    refused(coordinator.post(f"{ROTAS}/{published}/repairs", body), 409, "enter what happened again")
    with for_everything(app.state.engine) as session:
        assert session.scalars(select(Repair).where(Repair.rota_id == published)).all() == []


def test_the_same_request_again_is_the_same_repair_and_of_another_rota_another(
    coordinator, published, planned, ill, monkeypatch
):
    """What was made already is told without its rota being opened, which takes seconds for a branch."""
    body, key = {"events": [ill], "iterations": 50}, {"Idempotency-Key": f"ill {published}"}
    first = made(coordinator.post(f"{ROTAS}/{published}/repairs", body, headers=key))
    with monkeypatch.context() as patched:
        patched.setattr(routes, "open_rota", None)
        again = made(coordinator.post(f"{ROTAS}/{published}/repairs", body, headers=key))
    assert again["id"] == first["id"]
    other = made(coordinator.post(ROTAS, rota_body(planned)))["id"]
    refused(coordinator.post(f"{ROTAS}/{other}/repairs", body, headers=key), 422, "another request")
    made(coordinator.post(f"/agencies/a/plans/{first['plan']}/stop"))


def test_who_could_go_is_ranked(coordinator, published, problem, planned):
    visit = next(v for v in problem.visits if v.carers == 1 and planned.of_visit(v.id))
    found = made(coordinator.get(f"{ROTAS}/{published}/who-could?visit={visit.id}"))
    assert planned.of_visit(visit.id)[0].carer in {carer for one in found for carer in one["carers"]}
    assert [one["pence"] for one in found] == sorted(one["pence"] for one in found)
    page = coordinator.client.get(f"/a/a/rotas/{published}/who-could?visit={visit.id}").text
    told = re.findall(r"(the cheapest|\u00a3[\d.,]+ more than the cheapest)[.;]", page)
    dearer = [one["pence"] - found[0]["pence"] for one in found]
    assert told == [
        f"\u00a3{more / 100:.2f} more than the cheapest" if more else "the cheapest" for more in dearer
    ]
    assert [html.escape(one["sentence"], quote=False) in page for one in found] == [True] * len(found)
    refused(coordinator.get(f"{ROTAS}/{published}/who-could?visit=none"), 404)
