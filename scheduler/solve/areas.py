"""Neighbours together: clients in groups small enough to be planned for at once."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain import Client

MOST = 50
"""Clients of one area at the most."""


def areas(clients: Sequence[Client], chosen: Sequence[int], most: int = MOST) -> list[list[int]]:
    """The chosen positions, halved across their longer side (in degrees, a degree east counting as two thirds of one
    north, as in Britain) until no group has more than `most`."""
    if len(chosen) <= most:
        return [list(chosen)] if chosen else []

    def north(position: int) -> float:
        return clients[position].place.lat

    def east(position: int) -> float:
        return clients[position].place.lon

    tall = max(map(north, chosen)) - min(map(north, chosen))
    wide = max(map(east, chosen)) - min(map(east, chosen))
    across = sorted(chosen, key=north if tall > 2 / 3 * wide else east)
    half = len(across) // 2
    return areas(clients, across[:half], most) + areas(clients, across[half:], most)
