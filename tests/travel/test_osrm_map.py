"""OSRM in process, on a few streets that the tests write themselves. Skipped where the extra `roads` is not installed
(it needs Python 3.12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import TravelError
from scheduler.travel.choice import Choice
from scheduler.travel.minutes import ModeFactors
from scheduler.travel.osrm_map import OsrmMap
from scheduler.travel.streets import streets
from tests.travel.grid import LAT, NORTH, corner
from tests.travel.town import SIZE, a_town

CAR = {"car": ModeFactors(seconds_per_metre=0.144, circuity=1.3, door_minutes=3)}


def test_a_table_and_a_way_on_streets_of_our_own(tmp_path: Path):
    pytest.importorskip("osrm")
    said: list[str] = []
    town = a_town(tmp_path / "town.osm.pbf")
    engine = OsrmMap(town, "car", tmp_path / "graphs", said.append)
    a, b = corner(8, 0), corner(2, 0)
    answer = engine.table([a, b], [a, b])
    assert answer.metres[0, 1] == pytest.approx(600, rel=0.02)
    assert answer.metres[1, 0] == pytest.approx(800, rel=0.02)  # one block north, and back
    assert answer.seconds[0, 1] < answer.seconds[1, 0]
    assert answer.off_source.max() < 5
    [way] = engine.line([b, a])
    assert max(lat for lat, _ in way) == pytest.approx(LAT + NORTH, abs=1e-4)
    assert any("Building the road graph" in line for line in said)
    said.clear()
    OsrmMap(town, "car", tmp_path / "graphs", said.append).table([a], [b])
    assert said == [], "the graph was built once"


def test_three_hundred_places_in_a_second_after_the_build(tmp_path: Path):
    pytest.importorskip("osrm")
    import time

    choice = Choice(map=a_town(tmp_path / "town.osm.pbf"), folder=tmp_path / "cache")
    places = [corner(i % 10 + (i // 100) / 7, (i // 10) % 10 + (i % 7) / 9) for i in range(300)]
    choice.travel(CAR, places[:2], ["car"])
    begun = time.process_time()
    assert (choice.travel(CAR, places, ["car"]).matrices["car"].minutes < 20).all()
    assert time.process_time() - begun < 1.0
    assert choice.travel(CAR, places, ["car"]).asked == 0


def test_a_file_that_is_no_map(tmp_path: Path):
    pytest.importorskip("osrm")
    bad = tmp_path / "bad.osm.pbf"
    bad.write_bytes(b"not a map")
    with pytest.raises(TravelError, match=r"No road graph could be made of .*bad\.osm\.pbf"):
        OsrmMap(bad, "car", tmp_path / "graphs").table([corner(0, 0)], [corner(1, 1)])
    assert list((tmp_path / "graphs").iterdir()) == []
    assert (tmp_path / "graphs").stat().st_mode & 0o077 == 0, "answers about homes come to lie there too"


def test_without_the_extra_the_cure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from importlib.metadata import PackageNotFoundError

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("scheduler.travel.osrm_map.version", missing)
    town = tmp_path / "town.osm.pbf"
    town.write_bytes(b"")
    with pytest.raises(TravelError, match=r"pip install osrm-bindings osmium.*--osrm URL"):
        OsrmMap(town, "car", tmp_path).table([corner(0, 0)], [corner(1, 1)])


def test_what_is_not_called_a_map(tmp_path: Path):
    with pytest.raises(TravelError, match=r"is not called \*\.osm\.pbf"):
        OsrmMap(tmp_path / "town.pdf", "car", tmp_path)


def test_the_streets_under_the_rota(tmp_path: Path):
    town = a_town(tmp_path / "town.osm.pbf")
    main, small = streets(town, [corner(3, 3)])
    assert (len(main), len(small)) == (SIZE, SIZE)
    assert all(len(line) == 2 for line in small), "straight streets need two points"
    assert len(streets(town, [corner(-5, 3)])[0]) == 4, "the others are more than AROUND away"
    assert streets(town, [corner(500, 500)]) == ([], [])
    assert streets(town, []) == ([], [])
    town.unlink()
    with pytest.raises(TravelError, match="cannot be read as a map: No such file"):
        streets(town, [corner(3, 3)])


def test_a_road_of_a_thousand_bends_keeps_every_one(tmp_path: Path):
    """A zigzag is the worst that a line can be: no point of it lies between its neighbours."""
    osmium = pytest.importorskip("osmium")
    path = tmp_path / "zigzag.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for i in range(1999):
            at = (corner(3, 3).lon + i * 1e-4, corner(3, 3).lat + (i % 2) * 0.001)
            writer.add_node(osmium.osm.mutable.Node(id=1 + i, location=at, version=1))
        way = osmium.osm.mutable.Way(id=1, nodes=range(1, 2000), tags={"highway": "residential"}, version=1)
        writer.add_way(way)
    _, [line] = streets(path, [corner(3, 3)])
    assert len(line) == 1999


@pytest.mark.parametrize("fault", ["invalid place", "out of range", "broken file"])
def test_whatever_the_reader_stumbles_over_is_said_of_the_map(tmp_path: Path, monkeypatch, fault):
    osmium = pytest.importorskip("osmium")
    town = a_town(tmp_path / "town.osm.pbf")
    kind = {
        "invalid place": osmium.InvalidLocationError,
        "out of range": ValueError,
        "broken file": RuntimeError,
    }

    def stumbles(*asked):
        raise kind[fault](fault)

    monkeypatch.setattr(osmium, "FileProcessor", stumbles)
    with pytest.raises(TravelError, match=f"cannot be read as a map: {fault}"):
        streets(town, [corner(3, 3)])
