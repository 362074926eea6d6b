"""What is asked of the desk: each request as the board's script or a browser sends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.desk.server import V1, Person


@dataclass(frozen=True)
class Rota:
    """A rota on the desk, with what its board knows."""

    agency: str
    id: str
    board: Mapping[str, Any]

    @property
    def api(self) -> str:
        return f"{V1}/agencies/{self.agency}/rotas/{self.id}"

    @property
    def page(self) -> str:
        return f"/a/{self.agency}/rotas/{self.id}"


Ask = Callable[[Person, Rota, Random], Any]
"""Sends one request; gives its answer."""


def board(person: Person, rota: Rota, dice: Random) -> Any:
    """The board's data, whole."""
    return person.client.get(f"{rota.api}/board")


def board_unchanged(person: Person, rota: Rota, dice: Random) -> Any:
    """What an open board asks every four seconds."""
    return person.client.get(f"{rota.api}/board", headers={"If-None-Match": rota.board["etag"]})


def verdict(person: Person, rota: Rota, dice: Random) -> Any:
    """A drag: any planned visit over any carer's line, at most an hour from where it is."""
    visit = dice.choice([one for one in rota.board["visits"] if one["legs"] and one["carers"] == 1])
    carer, minute = dice.choice(rota.board["carers"])["id"], visit["legs"][0][1] + dice.randrange(-60, 61, 5)
    hour = f"{max(0, minute) % 1440 // 60:02}:{max(0, minute) % 60:02}"
    start = f"{visit['id'].rpartition(':')[2]}T{hour}"
    wish = {"kind": "place", "visit": visit["id"], "carers": [carer], "start": start}
    return person.client.post(f"{rota.api}/verdict", json=wish)


def candidates(person: Person, rota: Rota, dice: Random) -> Any:
    """ "Move to ...": the ranked carers of any visit."""
    return person.client.get(
        f"{rota.api}/candidates", params={"visit": dice.choice(rota.board["visits"])["id"]}
    )


def check(person: Person, rota: Rota, dice: Random) -> Any:
    """The sums above the board."""
    return person.client.get(f"{rota.api}/check?level=hard")


def home(person: Person, rota: Rota, dice: Random) -> Any:
    """The agency's page."""
    return person.client.get(f"/a/{rota.agency}")


def board_page(person: Person, rota: Rota, dice: Random) -> Any:
    """The board's page without its data."""
    return person.client.get(rota.page)


def client_page(person: Person, rota: Rota, dice: Random) -> Any:
    """A client's week."""
    return person.client.get(f"{rota.page}/clients/{dice.choice(rota.board['clients'])['id']}")


def carer_page(person: Person, rota: Rota, dice: Random) -> Any:
    """A carer's week."""
    return person.client.get(f"{rota.page}/carers/{dice.choice(rota.board['carers'])['id']}")


def measures(person: Person, rota: Rota, dice: Random) -> Any:
    """The measures."""
    return person.client.get(f"{rota.page}/measures")


ALONE: Mapping[str, Ask] = {
    "board's data": board,
    "board, unchanged": board_unchanged,
    "verdict of a drag": verdict,
    "ranked carers": candidates,
    "sums": check,
    "home page": home,
    "board's page": board_page,
    "client's week": client_page,
    "carer's week": carer_page,
    "measures": measures,
}
"""What is timed one after the other, with nobody else there."""
READING: Mapping[str, int] = {
    "board, unchanged": 10,
    "board's data": 2,
    "sums": 2,
    "client's week": 2,
    "carer's week": 2,
    "home page": 1,
    "board's page": 1,
    "measures": 1,
}
"""What many people ask at once, and how often each: a day of reading, mostly in front of an open board."""
