"""The streets under the board's map: from an extract of our own, and what is said where none can be used."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys

import pytest

from api.desk import draw_streets, streets
from api.desk.memory import Memory
from scheduler.cli import main
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
        ((x, 0), (x, last)) for x in range(SIZE)
    }
    assert {frozenset(corners(line)) for line in found["small"]} == {
        frozenset({(0, y), (last, y)}) for y in range(SIZE)
    }
    assert "\u00a9 OpenStreetMap contributors" in found["told"]


def counted(monkeypatch):
    """What is read from here on: a list of (map, corners)."""
    Memory.empty_all()
    reads = []
    aside = streets.read_aside

    def reading(*asked):
        reads.append(asked)
        return aside(*asked)

    monkeypatch.setattr(streets, "read_aside", reading)
    return reads


def test_what_is_kept_is_the_same_whoever_asked_first(town, monkeypatch):
    """(Both are in one box, of which the one has a corner and the other all.)"""
    reads = counted(monkeypatch)
    few, many = [corner(3.9, 4), corner(4, 4.1)], [corner(1, 4), corner(2, 8), corner(4, 5)]
    first = streets.streets_around(few)
    assert streets.streets_around(many) is first
    Memory.empty_all()
    assert streets.streets_around(many) == first
    assert len(reads) == 2
    assert reads[0] == reads[1]
    (south, west, north, east) = reads[0][1]
    for place in (*few, *many):
        assert south <= place.lat <= north
        assert west <= place.lon <= east
    assert north - south <= 2 * streets.STEP
    assert east - west <= 2 * streets.STEP


def test_a_map_is_read_by_another_process_and_one_that_is_killed_is_said_and_not_kept(
    town, tmp_path, monkeypatch
):
    """osmium in this process would hold up everybody: it is not even loaded here."""
    asked = f"from api.desk.streets import *; print(len(streets_around([Place({LAT}, {LON})]).plain)); "
    asked += "import sys; print('osmium' in sys.modules)"
    size, loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True
    ).stdout.split()
    assert int(size) == len(streets.streets_around([corner(0, 0)]).plain) > 500
    assert loaded == "False"
    Memory.empty_all()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", "/bin/false")
        assert b"ended too soon" in streets.streets_around([corner(0, 0)]).plain
        patched.setattr(sys, "executable", str(tmp_path / "nothing"))
        assert b"ended too soon" in streets.streets_around([corner(0, 0)]).plain
    assert len(streets.streets_around([corner(0, 0)]).plain) == int(size)


def test_what_cannot_be_read_today_is_tried_again(town, monkeypatch):
    reads = counted(monkeypatch)
    whole, stat = town.read_bytes(), town.stat()
    for content in (b"x" * len(whole), whole):  # (the same mark: only the right to read it came in between)
        town.write_bytes(content)
        os.utime(town, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        found = streets.streets_around([corner(0, 0)])
        assert (b"cannot be read as a map" in found.plain) == (content != whole)
    assert len(reads) == 2


def test_they_are_read_once_and_sent_once(coordinator, draft, town, monkeypatch):
    reads = counted(monkeypatch)
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
    wide, end = draw_streets.draw(town, LAT, LON, LAT + 0.01, LON + 0.01)
    assert end == draw_streets.DRAWN
    assert b'"small":[]' in wide
    assert b"Main roads only" in wide


def test_a_map_that_is_not_there_ends_the_server_before_it_starts(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAREROUND_STREETS", "nowhere.osm.pbf")
    assert main(["serve", "--port", "8799"]) == 2
    assert "CAREROUND_STREETS: nowhere.osm.pbf: there is no such map" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [], "no database was made"
