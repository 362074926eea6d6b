"""A server that is silent is waited for once, whoever else asks for it in the next minutes."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest

from scheduler.errors import NoAnswer, TravelError
from scheduler.travel.choice import Choice
from scheduler.travel.minutes import ModeFactors
from scheduler.travel.rests import Rests
from tests.travel.grid import Grid, corner, served

FACTORS = {mode: ModeFactors(0.144, 1.3, 3) for mode in ("car", "motorcycle", "foot")}
PLACES = [corner(0, 0, "a"), corner(12, 0, "b"), corner(0, 6, "c")]
MODES = ["car", "motorcycle"]


@pytest.fixture
def grid() -> Iterator[Grid]:
    with served(Grid()) as running:
        yield running


def choice(url: str, folder: Path, rests: Rests, patience: float = 5.0) -> Choice:
    return Choice(dict.fromkeys(FACTORS, url), folder=folder, fall_back=True, patience=patience, rests=rests)


@pytest.fixture
def mute() -> Iterator[tuple[str, list[socket.socket]]]:
    """The address of a server that takes every call and never says a word, and its callers."""
    callers: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    callers.append(listening.accept()[0])
                except OSError:
                    return

        Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", callers
        listening.shutdown(socket.SHUT_RDWR)
    for caller in callers:
        caller.close()


def test_who_comes_after_the_first_does_not_wait_for_a_mute_server(mute, tmp_path: Path):
    url, callers = mute
    rests = Rests()
    asked = choice(url, tmp_path, rests, patience=0.4)
    with ThreadPoolExecutor(8) as many:
        found = list(many.map(lambda _: asked.travel(FACTORS, PLACES, MODES), range(8)))
    assert len(callers) == 1, "sixteen waits"
    for one in found:
        assert [f"Travel by {mode}: {rests.told()[0]}" for mode in MODES] == one.failures
    assert "no sign of life for 0.4 seconds" in rests.told()[0]


def test_a_server_that_died_is_let_be_and_asked_again_after_its_rest(grid: Grid, tmp_path: Path):
    rests = Rests()
    grid.dies_after = 0
    first = choice(grid.url, tmp_path, rests).travel(FACTORS, PLACES, MODES)
    tries = len(grid.asked)
    assert len(first.failures) == 2
    assert tries == 2, "a broken line is tried once more; the second mode asks nothing"
    grid.dies_after = None
    assert choice(grid.url, tmp_path, rests).travel(FACTORS, PLACES, MODES).failures == first.failures
    assert len(grid.asked) == tries
    rests.seconds = 0.0
    assert rests.told() == []
    mended = choice(grid.url, tmp_path, rests).travel(FACTORS, PLACES, MODES)
    assert mended.failures == []
    assert len(grid.asked) > tries


def test_what_is_known_already_needs_no_server(grid: Grid, tmp_path: Path):
    rests = Rests()
    whole = choice(grid.url, tmp_path, rests).travel(FACTORS, PLACES, MODES)
    grid.dies_after = 0
    more = choice(grid.url, tmp_path, rests).travel(FACTORS, [*PLACES, corner(3, 3)], MODES)
    assert len(more.failures) == 2
    again = choice(grid.url, tmp_path, rests).travel(FACTORS, PLACES, MODES)
    assert again.failures == []
    assert (again.matrices["car"].minutes == whole.matrices["car"].minutes).all()


@pytest.mark.parametrize("mood", ["nonsense", "refusing"])
def test_a_server_that_answers_does_not_rest(grid: Grid, tmp_path: Path, mood: str):
    """It costs nobody any time, and may be asked for something else that it can do."""
    rests = Rests()
    grid.mood = mood
    assert choice(grid.url, tmp_path, rests).travel(FACTORS, PLACES, ["car"]).failures
    assert rests.told() == []
    grid.mood = "well"
    assert choice(grid.url, tmp_path, rests).travel(FACTORS, PLACES, ["car"]).failures == []


def test_each_server_rests_by_itself():
    rests = Rests()
    with pytest.raises(NoAnswer, match="gone"), rests.turn("a:1"):
        raise NoAnswer("gone")
    with pytest.raises(TravelError, match="refused"), rests.turn("b:2"):
        raise TravelError("refused")
    with rests.turn("b:2"):
        pass
    with pytest.raises(NoAnswer, match="gone"), rests.turn("a:1"):
        pytest.fail("it was asked")
