"""Doubtful addresses on the desk: the same list as on the command line, for whoever may see people."""

from __future__ import annotations

import json

import pytest

from scheduler.cli import main
from tests.api.conftest import START, small_files
from tests.api.people import made, refused

SHIFTED = "NP20 9GG"
"""C01's postcode; her row is given the coordinates of somewhere else."""


def with_shifted_address():
    """The small agency's files, where C01 has coordinates a kilometre from her postcode."""
    found = []
    for field, (name, content) in small_files():
        if name == "clients.csv":
            head, first, *rest = content.decode().splitlines()
            lines = [f"{head},lat,lon", f"{first},51.60000,-2.99000", *(f"{line},," for line in rest)]
            content = "\n".join(lines).encode()
        found.append((field, (name, content)))
    return found


@pytest.fixture
def other(people):
    """The manager of agency b, whose data is as it was afterwards."""
    other = people["other"]
    yield other
    made(other.post(f"/agencies/b/imports?start={START}", files=small_files()))


def test_the_same_list_as_on_the_command_line(other, tmp_path, capsys):
    made(other.post(f"/agencies/b/imports?start={START}", files=with_shifted_address()))
    for _, (name, content) in with_shifted_address():
        (tmp_path / name).write_bytes(content)
    main(["places", str(tmp_path), "--json"])
    asked = ("row", "column", "value", "problem", "cure")
    printed = [{name: fault[name] for name in asked} for fault in json.loads(capsys.readouterr().out)]
    told = made(other.get("/agencies/b/places"))
    # (A table in the database counts its rows without the header.)
    assert [
        {name: one[name] for name in asked} | {"row": one["row"] + 1} for one in told["doubts"]
    ] == printed
    assert f"from its postcode {SHIFTED}" in told["doubts"][0]["problem"]
    assert told["doubtful"] == len({(one["file"], one["row"]) for one in told["doubts"]}) > 0
    assert told["addresses"] == 14
    page = other.client.get("/a/b/places").text
    assert f"{told['doubtful']} of the 14 addresses" in page
    for one in told["doubts"]:
        assert one["problem"] in page
    assert '<a href="/a/b/places">' in other.client.get("/a/b").text


def test_where_nothing_was_imported_it_says_so(people):
    manager = people["manager"]
    agency = made(manager.post("/agencies", {"name": "Empty"}))["id"]
    refused(manager.get(f"/agencies/{agency}/places"), 409, "import the agency's tables first")
    page = manager.client.get(f"/a/{agency}/places")
    assert page.status_code == 409
    assert "no data yet" in page.text
    assert "/places" not in manager.client.get(f"/a/{agency}").text
