"""Repairs: a proposal, or a copy of one, that somebody edits and publishes on the board."""

import re

from tests.api.people import made, refused
from tests.api.repaired import REPAIRS, ROTAS, a_copy, changed_on, legs_in_database, run_job


def day_of_visit(visit):
    """The day of a dated visit within the week that begins on 23 November."""
    return int(visit[-2:]) - 23


def a_move(coordinator, rota):
    """An edit of that draft that lands, as wish and as the version that it needs."""
    legs = made(coordinator.get(f"{ROTAS}/{rota}"))
    leg = next(leg for leg in reversed(legs["legs"]) if not leg["locked"])
    return {"kind": "unassign", "visit": leg["visit"]}, legs["version"]


def test_a_proposal_that_is_edited_and_published_on_the_board_is_applied(
    app, coordinator, repaired, published
):
    """With its notes, its people to tell, and its undo; the figures of the proposal are not said of it any more."""
    before = legs_in_database(app, published)
    own = repaired["proposals"][0]["rota"]
    wish, version = a_move(coordinator, own)
    made(coordinator.post(f"{ROTAS}/{own}/edits", wish, version=version))
    page = coordinator.client.get(f"/a/a/rotas/{own}").text
    assert 'aria-label="Proposals"' in page
    assert "Plan again from here" not in page, "that would forget what happened"
    first = min(day_of_visit(visit) for visit in changed_on(page))
    assert re.findall(r'<option value="(\d)" selected>', page) == [str(first)], (
        "it opens where it changes something"
    )
    assert "This applies the repair" in coordinator.client.get(f"/a/a/rotas/{own}/publish").text
    form = {"csrf": coordinator.client.headers["X-CSRF-Token"], "version": version + 1, "notes": "Ice."}
    answer = coordinator.client.post(f"/a/a/rotas/{own}/publish", data=form, follow_redirects=False)
    assert answer.headers["location"] == f"/a/a/rotas/{own}/tell"
    kept = made(coordinator.get(f"{REPAIRS}/{repaired['id']}"))
    assert (kept["applied"], kept["by_hand"], kept["undone"]) == (own, True, False)
    rota = made(coordinator.get(f"{ROTAS}/{own}"))
    assert (rota["state"], rota["notes"]) == ("published", "Ice.")
    for other in repaired["proposals"][1:]:
        refused(coordinator.get(f"{ROTAS}/{other['rota']}"), 404)
    people = made(coordinator.get(f"{ROTAS}/{own}/tellings"))
    assert people
    assert "Undo this repair" in coordinator.client.get(f"/a/a/rotas/{own}/tell").text
    told = coordinator.client.get(f"/a/a/rotas/{own}/today").text
    assert "Changed so far" in told
    assert "than people were told first" not in told, "nobody counted after the edit"
    back = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/undo"))
    assert (back["id"], legs_in_database(app, published)) == (published, before)


def test_a_copy_of_a_proposal_that_is_published_applies_the_repair_and_the_proposals_go(
    coordinator, repaired, published
):
    copy = made(coordinator.post(ROTAS, {"copy_of": repaired["proposals"][0]["rota"], "name": "Mine"}))["id"]
    made(coordinator.post(f"{ROTAS}/{copy}/publish", {"notes": ""}, version=1))
    kept = made(coordinator.get(f"{REPAIRS}/{repaired['id']}"))
    assert (kept["applied"], kept["by_hand"]) == (copy, True)
    for other in repaired["proposals"]:
        refused(coordinator.get(f"{ROTAS}/{other['rota']}"), 404)
    assert "Changed so far" in coordinator.client.get(f"/a/a/rotas/{copy}/today").text
    again = made(coordinator.post(ROTAS, {"copy_of": copy, "name": "Next"}))["id"]
    assert "This applies the repair" not in coordinator.client.get(f"/a/a/rotas/{again}/publish").text
    made(coordinator.post(f"{ROTAS}/{again}/publish", {"notes": ""}, version=1))
    assert made(coordinator.get(f"{REPAIRS}/{repaired['id']}"))["applied"] == copy, "that one was a draft"


def not_published(coordinator, draft, words):
    """Neither by the API nor on the page, which says why and has no button for it; what held still holds."""
    refused(coordinator.post(f"{ROTAS}/{draft}/publish", {"notes": ""}, version=1), 409, words)
    page = coordinator.client.get(f"/a/a/rotas/{draft}/publish").text
    assert words in page
    assert "This applies the repair" not in page
    assert "<button>Publish</button>" not in page
    assert made(coordinator.get(f"{ROTAS}/{draft}"))["state"] == "draft"


def test_a_copy_of_a_proposal_does_not_replace_the_repair_that_was_applied_meanwhile(
    coordinator, repaired, published
):
    own = repaired["proposals"][0]["rota"]
    copy = a_copy(coordinator, own)
    page = coordinator.client.get(f"/a/a/rotas/{copy}/publish").text
    promised = re.findall(r'name="repair" value="([^"]*)"', page)
    assert ("This applies the repair" in page, promised) == (True, [repaired["id"]])
    made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    not_published(coordinator, copy, "was applied meanwhile")
    not_published(coordinator, a_copy(coordinator, copy), "was applied meanwhile")
    later = a_copy(coordinator, own)
    form = {"csrf": coordinator.client.headers["X-CSRF-Token"], "version": 1, "repair": promised[0]}
    answer = coordinator.client.post(f"/a/a/rotas/{later}/publish", data=form)
    assert (answer.status_code, "what the page said" in answer.text) == (409, True)
    form["repair"] = ""
    answer = coordinator.client.post(f"/a/a/rotas/{later}/publish", data=form, follow_redirects=False)
    assert answer.headers["location"] == f"/a/a/rotas/{later}", (
        "one that was made of what was applied is a draft"
    )


def test_a_copy_of_a_proposal_is_not_published_once_its_repair_was_undone(coordinator, repaired, published):
    own = repaired["proposals"][0]["rota"]
    before = a_copy(coordinator, own)
    made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    after = a_copy(coordinator, own)
    made(coordinator.post(f"{REPAIRS}/{repaired['id']}/undo"))
    for copy in (before, after, a_copy(coordinator, own)):
        not_published(coordinator, copy, "was undone")
    assert made(coordinator.get(f"{ROTAS}/{published}"))["state"] == "published"


def test_a_draft_of_a_repair_is_not_published_over_the_next_one(app, coordinator, repaired):
    """It has nothing of what happened since."""
    made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))
    first = repaired["proposals"][0]["rota"]
    copy = a_copy(coordinator, first)
    legs = made(coordinator.get(f"{ROTAS}/{first}"))["legs"]
    other = next(leg["carer"] for leg in legs if "2026-11-24T09" < leg["start"] < "2026-11-24T23")
    late = {"told": "2026-11-24T06:00", "kind": "late", "carer": other, "minutes": 20}
    begun = made(coordinator.post(f"{ROTAS}/{first}/repairs", {"events": [late], "iterations": 50}))
    run_job(app, begun["plan"])
    way = made(coordinator.get(f"{REPAIRS}/{begun['id']}"))["proposals"][0]
    made(coordinator.post(f"{REPAIRS}/{begun['id']}/apply", {"proposal": way["name"]}))
    not_published(coordinator, copy, "Another rota was published since")
