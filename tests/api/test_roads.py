"""The desk and its road engine: named by the environment, dead, mended; against a server that is really there."""

from __future__ import annotations

import pytest

from api.desk import roads
from scheduler.cli import main
from scheduler.travel.rests import Rests
from tests.api.people import made
from tests.travel.grid import Grid, served

FAR = 1e9
"""Blocks to the end of the streets: the small agency lives within."""
B = "/agencies/b"


@pytest.fixture
def other(people):
    """The manager of agency b, whose data has a new version: nothing was loaded of it before."""
    other = people["other"]
    tables = made(other.get(f"{B}/tables"))
    rows = made(other.get(f"{B}/tables/settings"))["items"]
    body = {"rows": rows}
    made(other.put(f"{B}/tables/settings", body, version=tables["version"]))
    return other


@pytest.fixture
def grid(other, monkeypatch, tmp_path):
    """A road engine that answers, named in the environment of the desk; it was asked for nothing yet."""
    with served(Grid(island=FAR, streets=FAR)) as running:
        monkeypatch.setenv("CAREROUND_OSRM", running.url)
        monkeypatch.setenv("CAREROUND_TRAVEL_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr(roads, "_rests", Rests())
        yield running


def a_plan(other, start="2026-11-23"):
    """The id of the rota that a plan of that week would begin with: one without any visit."""
    body = {"name": "By hand", "start": start, "days": 7, "legs": []}
    return made(other.post(f"{B}/rotas", body))["id"]


def board_of(other, rota):
    return other.client.get(f"/a/b/rotas/{rota}").text


def test_a_dead_server_is_asked_once_for_all_loads_and_told_on_the_agencys_page(grid, other):
    grid.dies_after = 0
    first = a_plan(other)
    asked = len(grid.asked)
    assert asked == 2, "once, and once more since the line broke"
    for week in ("2026-11-30", "2026-12-07"):
        a_plan(other, week)
    places = made(other.get(f"{B}/places"))
    assert len(grid.asked) == asked
    assert "FALL-BACK" in places["source"]
    assert any("does not answer" in doubt["problem"] for doubt in places["doubts"])
    home = other.client.get("/a/b").text
    assert "does not answer" in home
    assert "Straight lines are used meanwhile" in home
    assert "FALL-BACK" in board_of(other, first)


def test_a_mended_server_is_used_by_the_next_plan_and_the_old_rota_says_what_it_was_made_with(grid, other):
    grid.dies_after = 0
    first = a_plan(other)
    before = made(other.get(f"{B}/rotas/{first}"))["data_version"]
    grid.dies_after = None
    assert made(other.get(f"{B}/rotas/{a_plan(other)}"))["data_version"] == before, "it rests still"
    roads._rests.seconds = 0.0
    second = a_plan(other)
    assert made(other.get(f"{B}/rotas/{second}"))["data_version"] == before + 1
    assert "FALL-BACK" not in board_of(other, second)
    assert "FALL-BACK" in board_of(other, first)
    assert "imported anew since this rota was planned" in board_of(other, first)
    assert "does not answer" not in other.client.get("/a/b").text
    third = a_plan(other)
    assert made(other.get(f"{B}/rotas/{third}"))["data_version"] == before + 1, "made once"


def test_a_server_that_stays_dead_makes_no_new_version(grid, other):
    grid.dies_after = 0
    roads._rests.seconds = 0.0
    versions = {made(other.get(f"{B}/rotas/{a_plan(other)}"))["data_version"] for _ in range(3)}
    assert len(versions) == 1
    assert len(grid.asked) == 6


@pytest.mark.parametrize(
    "name, value, said",
    [
        (
            "CAREROUND_OSRM",
            "localhost:5000",
            "CAREROUND_OSRM: 'localhost:5000' is not the address of a server",
        ),
        (
            "CAREROUND_OSRM",
            "http://a:1 bus=http://b:2",
            "CAREROUND_OSRM: 'bus=http://b:2': write car, motorcycle",
        ),
        ("CAREROUND_MAP", "nowhere.osm.pbf", "CAREROUND_MAP: nowhere.osm.pbf: there is no such map"),
        ("CAREROUND_MAP", "roads.txt", "CAREROUND_MAP: roads.txt is not called *.osm.pbf"),
    ],
)
def test_what_cannot_be_used_ends_the_server_before_it_starts(
    monkeypatch, tmp_path, capsys, name, value, said
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    assert main(["serve", "--port", "8799"]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [], "no database was made"


def test_two_engines_at_once_are_one_too_many(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAREROUND_OSRM", "http://a:1")
    monkeypatch.setenv("CAREROUND_MAP", "newport.osm.pbf")
    assert main(["serve"]) == 2
    assert "are both set" in capsys.readouterr().err
