"""Addresses that look wrong, before a rota is planned on them: far from their own postcode, far from everybody else,
two people on one spot, coordinates cut short.

What cannot be seen: a postcode that is mistyped into another one of the same part of town. Whether a postcode has been
terminated the directory does not say either; an unknown one is a fault of the input, told when it is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from scheduler.places.postcodes import in_district, locate

OWN_POSTCODE = 300.0
"""Metres from its postcode's point within which a front door is never doubted (95 m is what nine in ten keep to)."""
SPACING = 3.0
"""Times the way to the nearest other postcode: in the country postcodes are large."""
FAR = 5_000.0
"""Metres from an address to the next that nobody wonders at."""
FAR_TIMES = 6.0
"""Nor at so many times what is usual for this agency."""
A_BRANCH = 0.15
"""A group apart with this share of all addresses is a branch in another town, not a row of mistakes ..."""
LEAST_BRANCH = 4
"""... if it is not fewer than these."""
ONE_SPOT = 1.0
"""Metres."""
DECIMALS = 3
"""Of a degree: with fewer a point may be more than 50 m off."""
_METRES = 111_195.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives: `given` if by own coordinates, else by the postcode. `client`: not a carer's home."""

    name: str
    lat: float
    lon: float
    postcode: str
    given: bool
    client: bool


@dataclass(frozen=True, slots=True)
class OddAddress:
    """What is odd about an address (its position in the list) and what to do."""

    at: int
    problem: str
    cure: str


def doubtful(addresses: Sequence[Address]) -> list[OddAddress]:
    """Everything odd, in the order of the list."""
    if not addresses:
        return []
    points = np.array([(a.lat, a.lon) for a in addresses], dtype=np.float64)
    away = _metres(points, points)
    found = [
        *_far_from_own_postcode(addresses),
        *_far_from_all(addresses, away),
        *_on_one_spot(addresses, away),
        *_cut_short(addresses),
    ]
    return sorted(found, key=lambda odd: odd.at)


def _far_from_own_postcode(addresses: Sequence[Address]) -> Iterator[OddAddress]:
    known = locate(sorted({a.postcode for a in addresses if a.given and a.postcode}))
    spacings: dict[str, float] = {}
    for i, address in enumerate(addresses):
        if not address.given or address.postcode not in known:
            continue
        own = np.array([known[address.postcode]])
        away = float(_metres(np.array([(address.lat, address.lon)]), own)[0, 0])
        if away <= OWN_POSTCODE:
            continue
        if address.postcode not in spacings:
            spacings[address.postcode] = _spacing(address.postcode, own)
        if away > SPACING * spacings[address.postcode]:
            problem = f"its lat and lon are {_far(away)} from its postcode {address.postcode}."
            yield OddAddress(i, problem, "Correct whichever is wrong; lat and lon are what is used.")


def _spacing(postcode: str, own: NDArray[np.float64]) -> float:
    """Metres from a postcode's point to that of the nearest other one of its district."""
    others = locate(code for code in in_district(postcode.split()[0]) if code != postcode)
    if not others:
        return 0.0
    away = _metres(own, np.array(list(others.values())))[0]
    return float(away[away > ONE_SPOT].min(initial=np.inf))


def _far_from_all(addresses: Sequence[Address], away: NDArray[np.float64]) -> Iterator[OddAddress]:
    """Addresses that hang together by steps of `FAR` are a group; small groups are doubted."""
    if len(addresses) < 2:
        return
    usual = float(np.median(np.sort(away, axis=1)[:, 1]))
    _, group = connected_components(away <= max(FAR, FAR_TIMES * usual), directed=False)
    sizes = np.bincount(group)
    branch = sizes >= min(max(A_BRANCH * len(addresses), LEAST_BRANCH), sizes.max())
    for i in map(int, np.nonzero(~branch[group])[0]):
        label = addresses[i].postcode or f"{addresses[i].lat}, {addresses[i].lon}"
        near = float(away[i, branch[group]].min())
        problem = f"{label} is far from all others: {_far(near)} from the nearest of them."
        yield OddAddress(i, problem, "Check the postcode, or lat and lon; and whether they belong here.")


def _on_one_spot(addresses: Sequence[Address], away: NDArray[np.float64]) -> Iterator[OddAddress]:
    """Clients only: a carer may live with a client. Two postcodes may share a point; that is no address of anybody."""

    def alike(one: Address, other: Address) -> bool:
        return (one.given and other.given) or (one.given == other.given and one.postcode == other.postcode)

    spots: dict[int, list[int]] = defaultdict(list)
    clients = [i for i, address in enumerate(addresses) if address.client]
    for i in clients:
        first = next(j for j in clients if away[i, j] < ONE_SPOT and alike(addresses[i], addresses[j]))
        spots[first].append(i)
    for spot in spots.values():
        for i in spot if len(spot) > 1 else ():
            others = ", ".join(addresses[j].name for j in spot if j != i)
            yield OddAddress(
                i, f"it is on one spot with {others}.", "Fine for one house; else give each its lat and lon."
            )


def _cut_short(addresses: Sequence[Address]) -> Iterator[OddAddress]:
    for i, address in enumerate(addresses):
        if address.given and all(round(x, DECIMALS - 1) == x for x in (address.lat, address.lon)):
            problem = f"{address.lat}, {address.lon} has fewer than {DECIMALS} decimals."
            yield OddAddress(i, problem, "Write five: that is a metre.")


def _metres(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres between all points of two lists of (lat, lon), flat: good to 1 % within a county."""
    north = (a[:, None, 0] - b[None, :, 0]) * _METRES
    east = (a[:, None, 1] - b[None, :, 1]) * _METRES * np.cos(np.radians(a[:, None, 0]))
    metres: NDArray[np.float64] = np.hypot(north, east)
    return metres


def _far(metres: float) -> str:
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"
