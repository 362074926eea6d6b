"""What the rota board draws: one table of facts for a whole rota. The board's script puts texts on the page as text."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from api.desk.memory import Memory
from api.desk.rotas import Opened
from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.report.words import labels
from scheduler.rounds import Round, rounds
from scheduler.units import DAY, HOUR

PLACES = 5
"""Decimals of a coordinate: about a metre."""
PARTS = (("morning", 12 * HOUR), ("afternoon", 16 * HOUR), ("evening", DAY))
"""The parts of a day in which rounds begin, each with its end."""


KEPT = 16
LEVEL = 4
"""Of compression: a branch's 500 kB become 60 kB in a few milliseconds."""


@dataclass(frozen=True)
class Drawn:
    """A board as it is sent: JSON, and the same compressed."""

    plain: bytes
    packed: bytes


_memory: Memory[Drawn] = Memory(KEPT)


def drawn(opened: Opened) -> Drawn:
    """The board of a rota as it is now; drawn once, however many look at it."""

    def draw() -> Drawn:
        plain = json.dumps(board(opened), ensure_ascii=False, separators=(",", ":")).encode()
        return Drawn(plain, gzip.compress(plain, LEVEL, mtime=0))

    return opened.once(_memory, draw, opened.etag)


def board(opened: Opened) -> dict[str, Any]:
    """Carers, shifts, visits with who does them, and the journeys between. Times are minutes of the period."""
    problem, rota = opened.problem, opened.rota
    clients, carers = labels(problem.clients), labels(problem.carers)
    runs = {
        (leg.visit, leg.carer): name
        for trip in rounds(rota, problem)
        for name in [run_of(trip, problem)]
        for leg in (stop.leg for stop in trip.stops)
    }
    return {
        "rota": {
            "id": opened.kept.id,
            "name": opened.kept.name,
            "state": opened.kept.state,
            "version": opened.kept.version,
            "number": opened.kept.number,
            "start": problem.start.isoformat(),
            "days": problem.days,
        },
        "carers": [
            {
                "id": carer.id,
                "name": carers[carer.id],
                "mode": carer.mode,
                "skills": sorted(carer.skills),
                "at": [round(carer.home.lat, PLACES), round(carer.home.lon, PLACES)],
            }
            for carer in problem.carers
        ],
        "clients": [
            {
                "id": client.id,
                "name": clients[client.id],
                "area": client.area,
                "at": [round(client.place.lat, PLACES), round(client.place.lon, PLACES)],
            }
            for client in problem.clients
        ],
        "shifts": [[problem.carer_index[shift.carer], shift.start, shift.end] for shift in problem.shifts],
        "visits": [_visit(visit, opened, runs) for visit in problem.visits],
        "travel": [
            [problem.carer_index[trip.carer.id], stop.leg.start - stop.waiting - stop.travel, stop.travel]
            for trip in rounds(rota, problem)
            for stop in trip.stops
            if stop.travel
        ],
        "reasons": {
            id: _as_planned(told, opened) for id, told in opened.kept.reasons.items() if not rota.of_visit(id)
        },
    }


def _as_planned(told: list[str], opened: Opened) -> list[str]:
    """What the plan said of a visit; of a rota that was changed since only with that word."""
    if opened.kept.version == 1 or not told:
        return told
    return [f"When it was planned, before later changes: {told[0]}", *told[1:]]


def run_of(trip: Round, problem: Problem) -> str:
    """A round's run: the area in which most of its visits are, and the part of the day in which it begins."""
    areas = Counter(problem.client(stop.visit.client).area for stop in trip.stops)
    area = max(areas, key=lambda name: (areas[name], name)) or "no area"
    begins = trip.start % DAY
    return f"{area}, {next(name for name, end in PARTS if begins < end)}"


def _visit(visit: Visit, opened: Opened, runs: dict[tuple[str, str], str]) -> dict[str, Any]:
    problem = opened.problem
    legs = opened.rota.of_visit(visit.id)
    return {
        "id": visit.id,
        "client": problem.client_index[visit.client],
        "day": visit.day,
        "window": [visit.earliest, visit.preferred, visit.latest],
        "minutes": visit.commissioned,
        "carers": visit.carers,
        "skills": sorted(visit.skills),
        "critical": visit.time_critical,
        "priority": visit.priority,
        "locked": visit.id in opened.locked,
        "runs": sorted({runs[leg.visit, leg.carer] for leg in legs}),
        "legs": [[problem.carer_index[leg.carer], leg.start, leg.minutes, int(leg.second)] for leg in legs],
    }
