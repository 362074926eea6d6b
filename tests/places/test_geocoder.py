"""The optional geocoder, against a server on this machine that keeps to the bulk convention of postcodes.io, or not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from scheduler.errors import CareroundError
from scheduler.places.geocoder import Geocoder


class Server:
    """`known` is what it knows; `asked` the postcodes of each call; `broken` what it answers instead."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[float, float]] = {}
        self.asked: list[list[str]] = []
        self.broken: bytes | None = None
        self.url = ""

    def answer(self, body: bytes) -> bytes:
        postcodes = json.loads(body)["postcodes"]
        self.asked.append(postcodes)
        if self.broken is not None:
            return self.broken
        found = [{"query": code, "result": self._result(code)} for code in postcodes]
        return json.dumps({"status": 200, "result": found}).encode()

    def _result(self, code: str) -> dict[str, Any] | None:
        if code not in self.known:
            return None
        lat, lon = self.known[code]
        return {"postcode": code, "latitude": lat, "longitude": lon}


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = made.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if self.path == "/postcodes" else 404)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{http.server_port}"
    yield made
    http.shutdown()
    http.server_close()


def test_a_hundred_a_call_and_only_once(server: Server, tmp_path: Path):
    codes = [f"NP20 {i}AA" for i in range(230)]
    server.known = dict.fromkeys(codes, (51.5, -3.0))
    first = Geocoder(server.url, tmp_path)
    assert first.locate(codes) == server.known
    assert [len(call) for call in server.asked] == [100, 100, 30]
    again = Geocoder(server.url, tmp_path)
    assert again.locate(codes) == server.known
    assert (first.asked, again.asked) == (3, 0)


def test_what_it_does_not_know_stays_unknown_and_is_asked_again(server: Server, tmp_path: Path):
    server.known = {"NP20 1AA": (51.5, -3.0)}
    assert list(Geocoder(server.url, tmp_path).locate(["NP20 1AA", "NP20 8ZZ"])) == ["NP20 1AA"]
    server.known["NP20 8ZZ"] = (51.6, -3.1)
    assert list(Geocoder(server.url, tmp_path).locate(["NP20 1AA", "NP20 8ZZ"])) == ["NP20 1AA", "NP20 8ZZ"]
    assert server.asked[1] == ["NP20 8ZZ"]


@pytest.mark.parametrize("broken", [b"", b"<html>", b'{"status": 429}', b'{"result": [{"query": "x"}]}'])
def test_a_server_that_fails_is_told_of_and_nothing_is_kept(server: Server, tmp_path: Path, broken: bytes):
    server.broken = broken
    geocoder = Geocoder(server.url, tmp_path)
    assert geocoder.locate(["NP20 1AA"]) == {}
    assert "gave no answer that can be used" in geocoder.failure
    server.broken, server.known = None, {"NP20 1AA": (51.5, -3.0)}
    assert Geocoder(server.url, tmp_path).locate(["NP20 1AA"]) == server.known


def test_a_point_elsewhere_is_nonsense_and_not_kept(server: Server, tmp_path: Path):
    server.known = {"NP20 1AA": (-3.0, 51.5)}
    geocoder = Geocoder(server.url, tmp_path)
    assert geocoder.locate(["NP20 1AA"]) == {}
    assert "-3.0, 51.5 is not in the United Kingdom" in geocoder.failure
    server.known = {"NP20 1AA": (51.5, -3.0)}
    assert Geocoder(server.url, tmp_path).locate(["NP20 1AA"]) == server.known


@pytest.mark.parametrize("url", ["postcodes.io", "http://sam:secret@localhost"])
def test_an_address_that_cannot_be_used(url: str, tmp_path: Path):
    with pytest.raises(CareroundError, match=r"--geocoder: .*; write https") as caught:
        Geocoder(url, tmp_path)
    assert "secret" not in str(caught.value)


def test_nobody_there(tmp_path: Path):
    geocoder = Geocoder("http://127.0.0.1:9", tmp_path)
    assert geocoder.locate(["NP20 1AA"]) == {}
    assert geocoder.failure.startswith("The geocoder http://127.0.0.1:9 gave no answer")


def test_an_agency_with_a_postcode_that_only_the_geocoder_knows(server: Server, tmp_path: Path):
    """NP20 8ZZ is not in the directory: a fault without a geocoder, a place with one."""
    from scheduler.errors import InputError
    from scheduler.intake.load import load_with_warnings

    agency = {
        "clients": [{"client": "C1", "name": "Olive", "postcode": "NP20 8ZZ"}],
        "carers": [{"carer": "K1", "name": "Sam", "postcode": "NP20 4DY"}],
        "visits": [{"visit": "V1", "client": "C1", "weekdays": "Mon", "preferred": "09:00", "minutes": "30"}],
        "shifts": [{"carer": "K1", "weekdays": "Mon", "start": "07:00", "end": "14:00"}],
    }
    source = tmp_path / "agency.json"
    source.write_text(json.dumps(agency), encoding="utf-8")
    with pytest.raises(InputError, match="NP20 8ZZ is not known"):
        load_with_warnings(source)
    server.known = {"NP20 8ZZ": (51.59, -3.01)}
    loaded = load_with_warnings(source, geocoder=Geocoder(server.url, tmp_path))
    assert (loaded.problem.clients[0].place.lat, loaded.problem.clients[0].place.lon) == (51.59, -3.01)
    assert server.asked == [["NP20 8ZZ"]]
    server.broken = b"oops"
    with pytest.raises(InputError, match="The geocoder http"):
        load_with_warnings(source, geocoder=Geocoder(server.url, tmp_path / "other"))
