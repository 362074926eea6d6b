"""OSRM by URL, against a server on this machine that answers as OSRM does, or worse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from scheduler.errors import TravelError
from scheduler.travel.base import NO_WAY
from scheduler.travel.choice import Choice, from_environment, servers
from scheduler.travel.minutes import ModeFactors
from scheduler.travel.osrm_server import OsrmServer
from tests.travel.grid import Grid, corner, served

CAR = {"car": ModeFactors(seconds_per_metre=0.144, circuity=1.3, door_minutes=3)}
PLACES = [corner(0, 0, "a"), corner(12, 0, "b"), corner(0, 6, "c")]


@pytest.fixture
def grid() -> Iterator[Grid]:
    with served(Grid()) as running:
        yield running


def choice(grid: Grid, folder: Path, **changes) -> Choice:
    return Choice(servers={"car": grid.url}, folder=folder, **changes)


def test_minutes_by_hand(grid: Grid, tmp_path: Path):
    """12 blocks east are 2,400 m one way and 1,200 m back: 4 and 2 minutes, and 3 to park; 6 north are 600 m, 1 min."""
    found = choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    assert found.matrices["car"].minutes.tolist() == [[0, 7, 4], [5, 0, 6], [4, 8, 0]]
    assert found.matrices["car"].metres.tolist() == [[0, 2400, 600], [1200, 0, 1800], [600, 3000, 0]]
    assert "OSRM server 127.0.0.1" in found.source
    assert "OpenStreetMap" in found.source


def test_a_second_plan_asks_for_nothing_and_has_the_same_minutes(grid: Grid, tmp_path: Path):
    first = choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    second = choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    assert (first.asked, second.asked) == (1, 0)
    assert second.remembered == 9
    assert (first.matrices["car"].minutes == second.matrices["car"].minutes).all()


def test_a_new_client_adds_one_row_and_one_column(grid: Grid, tmp_path: Path):
    choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    grid.asked.clear()
    found = choice(grid, tmp_path).travel(CAR, [*PLACES, corner(3, 3)], ["car"])
    sizes = [path.partition("/driving/")[2].partition("?")[0].count(";") + 1 for path in grid.asked]
    assert sizes == [1 + 4, 3 + 1]
    assert found.remembered == 9
    whole = Choice(servers={"car": grid.url}, folder=tmp_path / "other")
    again = whole.travel(CAR, [*PLACES, corner(3, 3)], ["car"])
    assert (found.matrices["car"].minutes == again.matrices["car"].minutes).all()


def test_three_hundred_places_come_in_blocks(grid: Grid):
    places = [corner(i % 20, i // 20) for i in range(230)]
    answer = OsrmServer(grid.url, "car").table(places, places)
    assert len(grid.asked) == 9
    assert answer.metres[0, 229] == 100 * (2 * 9 + 11)
    assert answer.metres[229, 0] == 100 * (9 + 11)


def test_a_server_that_finds_it_too_big_is_asked_for_less(grid: Grid):
    grid.mood = "small"
    places = [corner(i, 0) for i in range(45)]
    answer = OsrmServer(grid.url, "car").table(places, places)
    assert answer.metres[44, 0] == 4400
    assert not np.isnan(answer.seconds).any()


@pytest.mark.parametrize(
    "mood, said",
    [
        ("nonsense", "answered what cannot be used"),
        ("empty", "no table of durations"),
        ("short", "durations of shape"),
        ("refusing", "InvalidUrl, URL string malformed"),
        ("slow", "no sign of life for 0.2 seconds"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_kept(grid: Grid, tmp_path: Path, mood: str, said: str):
    grid.mood = mood
    with pytest.raises(TravelError, match=said) as caught:
        choice(grid, tmp_path, patience=0.2).travel(CAR, PLACES, ["car"])
    assert "127.0.0.1" in str(caught.value)
    assert "--straight" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_dies_half_way_leaves_no_half_filled_memory(grid: Grid, tmp_path: Path):
    places = [corner(i % 20, i // 20) for i in range(230)]
    grid.dies_after = 4
    with pytest.raises(TravelError, match="does not answer"):
        choice(grid, tmp_path).travel(CAR, places, ["car"])
    assert list(tmp_path.iterdir()) == []
    grid.dies_after = None
    found = choice(grid, tmp_path).travel(CAR, places, ["car"])
    assert found.asked == 9
    assert (found.matrices["car"].minutes < NO_WAY).all()


def test_half_a_new_answer_leaves_the_old_memory_as_it_was(grid: Grid, tmp_path: Path):
    choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    [file] = tmp_path.iterdir()
    before = file.read_bytes()
    grid.dies_after = len(grid.asked) + 1
    with pytest.raises(TravelError):
        choice(grid, tmp_path).travel(CAR, [*PLACES, corner(3, 3)], ["car"])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


def test_a_broken_memory_is_asked_anew(grid: Grid, tmp_path: Path):
    choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:300])
    assert choice(grid, tmp_path).travel(CAR, PLACES, ["car"]).asked == 1


def test_falling_back_is_marked(grid: Grid, tmp_path: Path):
    grid.mood = "nonsense"
    found = choice(grid, tmp_path, fall_back=True).travel(CAR, PLACES, ["car"])
    assert found.source == "straight line (FALL-BACK: the road engine failed)"
    [failure] = found.failures
    assert "answered what cannot be used" in failure
    straight = Choice().travel(CAR, PLACES, ["car"])
    assert (found.matrices["car"].minutes == straight.matrices["car"].minutes).all()


def test_an_island_and_a_place_off_the_map_are_told_and_not_travelled_to(grid: Grid, tmp_path: Path):
    places = [*PLACES, corner(60, 0, "island"), corner(0, 43, "hill")]
    found = choice(grid, tmp_path).travel(CAR, places, ["car"])
    assert [(doubt.place, doubt.away, doubt.others) for doubt in found.doubts] == [
        (3, None, 3),
        (4, 300.0, 0),
    ]
    minutes = found.matrices["car"].minutes
    assert (minutes[3, [0, 1, 2, 4]] == NO_WAY).all()
    assert (minutes[[0, 1, 2, 3], 4] == NO_WAY).all()
    assert (minutes[:3, :3] < 20).all()


def test_a_map_of_elsewhere_is_refused(grid: Grid, tmp_path: Path):
    with pytest.raises(TravelError, match="2 of 3 places are further than 250 m from every road"):
        choice(grid, tmp_path).travel(CAR, [corner(0, 0), corner(0, 50), corner(0, 60)], ["car"])


def test_nulls_everywhere_are_no_map(grid: Grid, tmp_path: Path):
    grid.mood = "nulls"
    with pytest.raises(TravelError, match="knows no way between any two of 3 places"):
        choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    assert list(tmp_path.iterdir()) == []
    grid.mood = "well"
    mended = choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    assert mended.matrices["car"].minutes[0, 1] == 7, "believed as soon as the server is mended"


def test_a_mode_without_a_server_goes_by_straight_line_and_says_so(grid: Grid, tmp_path: Path):
    factors = {**CAR, "foot": ModeFactors(0.89, 1.3, 1)}
    found = choice(grid, tmp_path).travel(factors, PLACES, ["car", "foot"])
    assert found.source.startswith("by car: OSRM server 127.0.0.1")
    assert found.source.endswith("; by foot: straight line")


def test_who_is_sent_to_which_server():
    assert servers(["http://a:1"]) == {"car": "http://a:1", "motorcycle": "http://a:1"}
    assert servers(["http://a:1", "foot=http://b:2"])["foot"] == "http://b:2"
    with pytest.raises(TravelError, match="is not the address of a server"):
        servers(["localhost:5000"])
    with pytest.raises(TravelError, match="write car, motorcycle, bicycle or foot"):
        servers(["bus=http://a:1"])
    assert servers(["http://a:1", "car=http://b:2"]) == {"car": "http://b:2", "motorcycle": "http://a:1"}


@pytest.mark.parametrize(
    "asked", [["http://a:1", "http://b:2"], ["foot=http://a:1", "http://a:1", "foot=http://b:2"]]
)
def test_of_two_servers_for_the_same_none_is_left_out_in_silence(asked: list[str]):
    with pytest.raises(TravelError, match=r"Two servers are named for (all who drive|foot): leave one"):
        servers(asked)
    assert servers([asked[0], asked[0]]) == servers(asked[:1])


@pytest.mark.parametrize(
    "url", ["http://localhost:abc", "http://localhost:99999", "http://:5000", "http://[::1"]
)
def test_an_address_that_no_server_has(url: str):
    with pytest.raises(TravelError, match="is not the address of a server; write http://localhost:5000"):
        servers([url])


@pytest.mark.parametrize("url", ["http://sam:secret@localhost:5000", "http://sam:secret@localhost:x"])
def test_a_password_in_an_address_is_refused_and_not_told(url: str):
    with pytest.raises(TravelError, match="a user and a password") as caught:
        servers([url])
    assert "secret" not in str(caught.value)


def test_parking_counts_for_cars_only(grid: Grid, tmp_path: Path):
    from dataclasses import replace

    places = [PLACES[0], replace(PLACES[1], parking=5)]
    found = choice(grid, tmp_path).travel({**CAR, "foot": ModeFactors(0.89, 1.3, 1)}, places, ["car", "foot"])
    assert found.matrices["car"].minutes.tolist() == [[0, 12], [5, 0]]
    assert found.matrices["foot"].minutes[0, 1] == found.matrices["foot"].minutes[1, 0]


def test_the_way_of_a_round_follows_the_streets_and_is_remembered(grid: Grid, tmp_path: Path):
    journeys = choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    lines = journeys.lines()
    legs = lines.of(PLACES, "car")
    assert legs is not None
    assert [len(leg) for leg in legs] == [2, 3]  # straight east; west, then north
    lines.keep()
    again = journeys.lines()
    assert again.of(PLACES[:2], "car") == legs[:1]
    assert (lines.asked, again.asked) == (1, 0)
    assert again.of(PLACES, "foot") is None


def test_ways_are_for_their_owner_alone_and_modes_with_one_engine_share_them(grid: Grid, tmp_path: Path):
    folder = tmp_path / "cache"
    both = Choice(servers={"car": grid.url, "motorcycle": grid.url}, folder=folder)
    journeys = both.travel({**CAR, "motorcycle": CAR["car"]}, PLACES, ["car", "motorcycle"])
    lines = journeys.lines()
    lines.of(PLACES[:2], "car")
    lines.of(PLACES[1:], "motorcycle")
    lines.keep()
    assert folder.stat().st_mode & 0o077 == 0
    assert [file.name for file in folder.iterdir() if file.stat().st_mode & 0o077] == []
    again = journeys.lines()
    again.of(PLACES[:2], "car")
    again.of(PLACES[1:], "motorcycle")
    assert again.asked == 0


def test_broken_ways_are_asked_for_anew(grid: Grid, tmp_path: Path):
    """A finished plan is not lost for a cache: damaged in the middle, where gzip itself does not look."""
    journeys = choice(grid, tmp_path).travel(CAR, PLACES, ["car"])
    lines = journeys.lines()
    lines.of(PLACES, "car")
    lines.keep()
    [file] = tmp_path.glob("*.lines.gz")
    kept = bytearray(file.read_bytes())
    kept[10:14] = b"\xff\xff\xff\xff"
    file.write_bytes(kept)
    again = journeys.lines()
    assert again.of(PLACES, "car") is not None
    assert again.asked == 1


def test_what_a_machine_is_told_by_its_environment(tmp_path: Path):
    chosen = from_environment({"CAREROUND_OSRM": "http://a:1 foot=http://b:2"})
    assert (chosen.servers["car"], chosen.servers["foot"]) == ("http://a:1", "http://b:2")
    assert not chosen.fall_back
    assert not from_environment({}).by_road
    gone = {"CAREROUND_MAP": str(tmp_path / "gone.osm.pbf")}
    with pytest.raises(TravelError, match="there is no such map"):
        from_environment(gone).travel(CAR, PLACES, ["car"])
    found = from_environment(gone, fall_back=True).travel(CAR, PLACES, ["car"])
    assert "FALL-BACK" in found.source
    assert "there is no such map" in found.failures[0]
