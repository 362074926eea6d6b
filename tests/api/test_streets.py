"""The streets under the board's map: from an extract of our own, and what is said where none can be used."""

from __future__ import annotations

import gzip
import os

import pytest

from api.desk import streets
from api.desk.memory import Memory
from scheduler.cli import main
from scheduler.travel.streets import streets as read_streets
from tests.api.people import made
from tests.travel.grid import EAST, LAT, LON, NORTH, corner
from tests.travel.town import SIZE, a_town


@pytest.fixture
def town(tmp_path, monkeypatch):
    """An extract of the town in which the small agency's clients live, named in the environment of the desk."""
    path = a_town(tmp_path / "town.osm.pbf")
    monkeypatch.setenv("CAREROUND_STREETS", str(path))
    return path


def corners(line):
    """The points of a line that was sent, as (streets east, streets north)."""
    lat = lon = 0
    found = []
    for i in range(0, len(line), 2):
        lat, lon = lat + line[i], lon + line[i + 1]
        found.append((round((lon / 100_000 - LON) / EAST, 1), round((lat / 100_000 - LAT) / NORTH, 1)))
    return found


def told(coordinator, draft):
    """What is said where no street is drawn."""
    found = made(coordinator.get(f"{draft}/streets"))
    assert (found["main"], found["small"]) == ([], [])
    return found["told"]


def test_streets_are_drawn_where_they_are_with_whose_map_it_is(coordinator, draft, town):
    found = made(coordinator.get(f"{draft}/streets"))
    last = SIZE - 1
    assert {tuple(map(tuple, corners(line))) for line in found["main"]} == {
        ((x, 0), (x, last)) for x in range(last)
    }, "the easternmost is too far from every client"
    assert {frozenset(corners(line)) for line in found["small"]} == {
        frozenset({(0, y), (last, y)}) for y in range(SIZE)
    }
    assert "\u00a9 OpenStreetMap contributors" in found["told"]


def test_they_are_read_once_and_sent_once(coordinator, draft, town, monkeypatch):
    Memory.empty_all()
    reads = []

    def reading(*asked):
        reads.append(asked)
        return read_streets(*asked)

    monkeypatch.setattr(streets, "streets", reading)
    path = f"/api/v1{draft}/streets"
    first = coordinator.client.get(path, headers={"Accept-Encoding": "gzip"})
    with coordinator.client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == first.content
    plain = coordinator.client.get(path, headers={"Accept-Encoding": "identity"})
    assert plain.content == first.content
    again = coordinator.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, len(reads)) == (304, b"", 1)
    os.utime(town, (1, 1))  # another map
    coordinator.client.get(path)
    assert len(reads) == 2


def test_a_desk_without_a_map_says_how_it_gets_one(coordinator, draft):
    assert "CAREROUND_STREETS" in told(coordinator, draft)


def test_a_map_that_cannot_be_used_says_why_without_the_machines_folders(
    coordinator, draft, town, tmp_path, monkeypatch
):
    town.write_bytes(b"no map at all")
    assert told(coordinator, draft).startswith("No streets are drawn: town.osm.pbf cannot be read as a map")
    with town.open("wb") as file:
        file.truncate(20_000_001)
    assert "town.osm.pbf has 21 MB, and 20 are the most" in told(coordinator, draft)
    town.unlink()
    assert str(tmp_path) not in told(coordinator, draft)
    a_town(town)
    with monkeypatch.context() as patched:
        patched.setattr(streets, "can_read", lambda: False)
        assert "pip install osmium" in told(coordinator, draft)


def test_a_map_of_elsewhere_and_an_area_that_is_too_large_are_told(town, monkeypatch):
    far = streets.streets_around([corner(900, 900), corner(910, 910)])
    assert b"has none where the clients live" in far.plain
    monkeypatch.setattr("scheduler.travel.streets.MOST_POINTS", 5)
    wide = streets.streets_around([corner(1, 1), corner(31, 31)])
    assert b'"small":[]' in wide.plain
    assert b"Main roads only" in wide.plain


def test_a_map_that_is_not_there_ends_the_server_before_it_starts(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAREROUND_STREETS", "nowhere.osm.pbf")
    assert main(["serve", "--port", "8799"]) == 2
    assert "CAREROUND_STREETS: nowhere.osm.pbf: there is no such map" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [], "no database was made"
