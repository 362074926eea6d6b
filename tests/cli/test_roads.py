"""Planning on roads from the command line, on a street grid that a server on this machine has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import scenarios.pool
from scenarios.catalogue import Scenario
from scenarios.pool import POOLED
from scenarios.run.jobs import Effort, Reading, jobs
from scheduler.intake.load import load_with_warnings
from scheduler.travel import Choice
from tests.cli.conftest import FROM, QUICK, START, run
from tests.travel.grid import Grid, served

EVERYWHERE = 1e9


@pytest.fixture
def grid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Grid]:
    monkeypatch.setenv("CAREROUND_TRAVEL_CACHE", str(tmp_path / "travel"))
    with served(Grid(island=EVERYWHERE, streets=EVERYWHERE)) as running:
        yield running


def by_road(grid: Grid) -> list[str]:
    return [text for url in (grid.url, f"foot={grid.url}", f"bicycle={grid.url}") for text in ("--osrm", url)]


def ways_of(out: Path) -> list[list[int]]:
    html = (out / "map.html").read_text(encoding="utf-8")
    found = re.search(r'id="rota-data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    ways: list[list[int]] = json.loads(found[1])["ways"]
    return ways


def test_a_week_on_roads_is_planned_checked_and_drawn(planned, grid: Grid, tmp_path: Path):
    out = tmp_path / "out"
    done = run("plan", planned.source, "--out", out, *FROM, *QUICK, *by_road(grid))
    assert done.code == 0, done.err
    assert re.search(r"[1-9]\d* requests? to the road engine", done.err)
    assert "OSRM server 127.0.0.1" in json.loads((out / "summary.json").read_bytes())["travel_source"]
    map = (out / "map.html").read_text(encoding="utf-8")
    assert "Lines between visits follow the roads" in map
    assert "© OpenStreetMap contributors" in map
    assert len(ways_of(out)) > 5
    assert "OpenStreetMap contributors" in (out / "report.html").read_text(encoding="utf-8")

    grid.asked.clear()
    checked = run("check", planned.source, out / "rota.json", *by_road(grid))
    assert checked.code == 0, checked.out
    assert "0 requests to the road engine" in checked.err
    assert grid.asked == []

    again = run("plan", planned.source, "--out", tmp_path / "again", *FROM, *QUICK, *by_road(grid))
    assert "0 requests to the road engine" in again.err
    assert grid.asked == [], "the same plan drives the same ways"
    assert (tmp_path / "again" / "rota.csv").read_bytes() == (out / "rota.csv").read_bytes()


def test_a_rota_of_roads_that_is_checked_on_straight_lines_is_told_so(planned, grid: Grid):
    done = run("check", planned.source, planned.out / "rota.json", *by_road(grid))
    assert "the rota was planned with other travel times (straight line)" in done.err


def test_straight_lines_say_so_on_the_map(planned):
    assert "Lines are straight" in (planned.out / "map.html").read_text(encoding="utf-8")
    assert ways_of(planned.out) == []


def test_a_server_that_talks_nonsense_stops_the_plan(planned, grid: Grid, tmp_path: Path):
    grid.mood = "nonsense"
    done = run("plan", planned.source, "--out", tmp_path / "out", *FROM, *QUICK, *by_road(grid))
    assert done.code == 2
    assert "answered what cannot be used" in done.err
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob("travel/*"))


def test_or_the_plan_goes_on_and_is_marked(planned, grid: Grid, tmp_path: Path):
    grid.mood = "nonsense"
    out = tmp_path / "out"
    done = run("plan", planned.source, "--out", out, *FROM, *QUICK, *by_road(grid), "--fall-back")
    assert done.code == 0
    assert "Warning: travel times: Travel by" in done.err
    told = json.loads((out / "summary.json").read_bytes())
    assert told["travel_source"] == "straight line (FALL-BACK: the road engine failed)"
    assert any("answered what cannot be used" in warning for warning in told["warnings"])
    for page in ("map.html", "report.html"):
        assert "FALL-BACK" in (out / page).read_text(encoding="utf-8"), page


def test_an_engine_that_dies_before_the_map_is_drawn_costs_no_plan(planned, grid: Grid, tmp_path: Path):
    run("plan", planned.source, "--out", tmp_path / "out", *FROM, *QUICK, *by_road(grid))
    for kept in (tmp_path / "travel").glob("*.lines.gz"):
        kept.unlink()
    grid.mood = "nonsense"
    done = run("plan", planned.source, "--out", tmp_path / "second", *FROM, *QUICK, *by_road(grid))
    assert done.code == 0, done.err
    map = (tmp_path / "second" / "map.html").read_text(encoding="utf-8")
    assert "Lines are straight" in map
    assert "answered what cannot be used" in map


def test_a_place_off_the_map_is_told_by_name_and_left_unallocated(planned, grid: Grid, tmp_path: Path):
    source = tmp_path / "agency.json"
    clients = [
        {"client": "C1", "name": "Olive Tester", "lat": "51.581", "lon": "-2.99"},
        {"client": "C2", "name": "Hugh Hilltop", "lat": "51.68", "lon": "-2.99"},
        {"client": "C3", "name": "Una Under", "lat": "51.583", "lon": "-2.995"},
    ]
    visits = [
        {"visit": f"V{i}", "client": f"C{i}", "weekdays": "Mon", "preferred": "09:00", "minutes": "30"}
        for i in (1, 2)
    ]
    agency = {
        "clients": clients,
        "visits": visits,
        "carers": [{"carer": "K1", "name": "Sam Sample", "lat": "51.582", "lon": "-2.992"}],
        "shifts": [{"carer": "K1", "weekdays": "Mon", "start": "07:00", "end": "14:00"}],
    }
    source.write_text(json.dumps(agency), encoding="utf-8")
    grid.streets = 40
    done = run("plan", source, "--out", tmp_path / "out", *FROM, *QUICK, "--osrm", grid.url)
    assert "Hugh Hilltop lives" in done.err
    assert "m from every road by car" in done.err
    told = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert (told["unallocated"], told["hard_findings"]) == (1, 0)
    places = run("places", source, *FROM, "--osrm", grid.url)
    assert places.code == 1
    assert "Hugh Hilltop" in places.out
    assert places.out.endswith("1 of 4 addresses are doubtful.\n")
    grid.mood = "nonsense"
    places = run("places", source, *FROM, "--osrm", f"{grid.url}/other", "--fall-back")
    assert "travel times: Travel by car" in places.out
    assert places.out.endswith("\n1 of 4 addresses are doubtful.\n"), (
        "a server that fails is nobody's address"
    )


def test_places_as_json_are_faults_with_their_rows(planned):
    done = run("places", planned.source, "--json")
    found = json.loads(done.out)
    assert done.code == bool(found)
    assert all({"file", "row", "problem", "cure"} <= set(fault) for fault in found)


def test_the_machines_setting_is_used_where_the_command_says_nothing(
    planned, grid: Grid, monkeypatch: pytest.MonkeyPatch
):
    check = ("check", planned.source, planned.out / "rota.json")
    monkeypatch.setenv("CAREROUND_OSRM", " ".join(by_road(grid)[1::2]))
    assert "OSRM server 127.0.0.1" in run(*check).err
    grid.asked.clear()
    assert "OSRM server" not in run(*check, "--straight").err
    assert grid.asked == []
    monkeypatch.setenv("CAREROUND_OSRM", "no address")
    assert run(*check).code == 2


def test_scenarios_on_roads(planned, grid: Grid, tmp_path: Path):
    quick = ("--iterations", "40", "--seeds", "1", "--readings", "today", "--workers", "1", *FROM)
    out = tmp_path / "out"
    command = ("scenario", "run", planned.source, "--catalogue", "pay", "--only", "living-wage", "--out", out)
    done = run(*command, *quick, *by_road(grid))
    assert done.code == 0, done.err
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Travel times come from: OSRM server 127.0.0.1" in page
    grid.asked.clear()
    assert "of which 2 are stored already" in run(*command, *quick, *by_road(grid)).err
    assert grid.asked == []


def test_the_ways_between_pooled_providers_are_by_road_too(planned, grid: Grid, tmp_path: Path):
    """The agency and itself: from somebody here to a neighbour's people is as far as to one's own."""
    servers = dict.fromkeys(("car", "motorcycle", "bicycle", "foot"), grid.url)
    choice = Choice(servers, folder=tmp_path / "travel")
    own = load_with_warnings(planned.source, START, 7, choice).problem
    pooling = Scenario("pooled", "Pooled", (), pool=True)
    _, problems = jobs({"a": own, "b": own}, [pooling], [Reading.TODAY], [1], Effort(None, 40), travel=choice)
    pooled, n = problems[POOLED], len(own.clients)
    assert pooled.travel_source == own.travel_source
    for mode, matrix in own.travel.items():
        apart = pooled.travel[mode].minutes[:n, n : 2 * n]
        assert (apart == pooled.travel[mode].minutes[:n, :n]).sum() == n * n - n, mode
        assert (pooled.travel[mode].minutes[:n, :n] == matrix.minutes[:n, :n]).all(), mode


def test_a_server_that_fails_between_pooled_providers_is_told(
    planned, grid: Grid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """It dies when each provider's own ways are known."""
    build = scenarios.pool.pool

    def late(problems, travel):
        grid.mood = "nonsense"
        for kept in (tmp_path / "travel").glob("*"):
            kept.unlink()
        return build(problems, travel)

    monkeypatch.setattr("scenarios.run.jobs.pool", late)
    quick = ("--iterations", "20", "--seeds", "1", "--readings", "today", "--workers", "1", *FROM)
    out = tmp_path / "out"
    command = ("scenario", "run", planned.source, planned.source, "--catalogue", "pooling", "--out", out)
    done = run(*command, *quick, *by_road(grid), "--fall-back")
    assert done.code == 0, done.err
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "where providers are pooled, straight line (FALL-BACK: the road engine failed)" in page
    assert "Travel times come from: OSRM server 127.0.0.1" in page


def test_map_and_server_at_once_are_refused(planned, tmp_path: Path):
    done = run("check", planned.source, planned.out / "rota.json", "--straight", "--osrm", "http://a:1")
    assert done.code == 2
    assert "not allowed with argument" in done.err


def test_a_map_that_is_not_there(planned, tmp_path: Path):
    done = run("places", planned.source, "--map", tmp_path / "nowhere.osm.pbf")
    assert done.code == 2
    assert "there is no such map" in done.err
