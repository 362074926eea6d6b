"""What the desk keeps in memory: made once, bounded, never old, never another agency's."""

import gzip
import json
import threading
import time

import pytest

from api.desk.memory import Memory
from api.web.shelf import asset, files
from tests.api.people import made, refused

WHAT = ("/board", "/check", "/cost", "/measures", "")
"""What is answered from memory."""


def test_however_many_ask_at_once_it_is_made_once():
    memory: Memory[int] = Memory(4)
    calls, found = [], []

    def make():
        calls.append(1)
        time.sleep(0.1)
        return 7

    threads = [threading.Thread(target=lambda: found.append(memory.get("key", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, calls) == ([7] * 8, [1])


def test_what_was_asked_for_longest_ago_goes_first():
    memory: Memory[str] = Memory(2)
    calls = []

    def make(key):
        calls.append(key)
        return key

    assert [memory.get(key, lambda key=key: make(key)) for key in "abacab"] == list("abacab")  # type: ignore[misc]  # the default has no type
    assert calls == ["a", "b", "c", "b"]


def test_who_waited_for_what_failed_tries_for_themselves():
    memory: Memory[int] = Memory(2)
    begun = threading.Event()

    def fails():
        begun.set()
        time.sleep(0.1)
        raise ValueError("not now")

    def first():
        with pytest.raises(ValueError, match="not now"):
            memory.get("key", fails)

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    assert memory.get("key", lambda: 2) == 2
    thread.join()


def test_what_began_before_an_erasure_is_not_kept_after_it():
    memory: Memory[str] = Memory(2)

    def make():
        Memory.empty_all()
        return "with the person"

    assert memory.get("key", make) == "with the person"
    assert memory.get("key", lambda: "without") == "without"


def test_what_is_kept_is_what_is_worked_out_anew(coordinator, draft, planned):
    """Over the life of a rota: as it is made, edited, undone and published."""

    def same():
        Memory.empty_all()
        fresh = [made(coordinator.get(draft + what)) for what in WHAT]
        kept = [made(coordinator.get(draft + what)) for what in WHAT]
        assert kept == fresh
        return fresh

    visit = planned.legs[0].visit
    states = [same()]
    made(coordinator.post(f"{draft}/edits", {"kind": "unassign", "visit": visit}, version=1))
    kept = [made(coordinator.get(draft + what)) for what in WHAT]  # with the version before in memory
    states.append(same())
    assert kept == states[-1]
    made(coordinator.post(f"{draft}/undo", version=2))
    states.append(same())
    made(coordinator.post(f"{draft}/publish", {"notes": ""}, version=3))
    states.append(same())
    assert states[0][0] != states[1][0]
    assert states[2][0]["visits"] == states[0][0]["visits"]
    assert states[3][0]["rota"]["state"] == "published"


def test_memory_opens_nothing_to_another_agency(coordinator, people, draft):
    made(coordinator.get(f"{draft}/board"))
    for what in WHAT:
        refused(
            people["other"].get(draft.replace("/agencies/a/", "/agencies/b/") + what), 404, "no such rota"
        )


def test_the_board_comes_compressed_to_who_can_read_that(coordinator, draft):
    plain = coordinator.get(f"{draft}/board", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    path = f"/api/v1{draft}/board"
    with coordinator.client.stream("GET", path, headers={"Accept-Encoding": "br, gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert len(raw) < len(plain.content) / 3
    assert json.loads(gzip.decompress(raw)) == plain.json()
    refusing = coordinator.get(f"{draft}/board", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refusing.headers


def test_scripts_are_kept_by_browsers_as_long_as_they_are_the_same(nobody):
    address = asset("board.js")
    answer = nobody.client.get(address)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.content == files()["board.js"].plain
    assert "max-age=31536000, immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    for other in ("/static/board.js", "/static/board.js?v=older"):  # a module that another one names
        assert nobody.client.get(other).headers["cache-control"] == "public, no-cache"
    again = nobody.client.get("/static/board.js", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["nothing.js", "../templates/base.html", "%2e%2e/templates/base.html", ""])
def test_nothing_beside_the_shelf_is_served(nobody, name):
    assert nobody.client.get(f"/static/{name}").status_code == 404
