"""Judge a solution of a published instance: an independent reading of the format, on the files as they are.

Nothing here is shared with the rules or with whoever made the solution. What the format leaves open is read as its
authors' own solutions are: a carer leaves just in time for the first stop (at the shift's start in the instances of
Bazirha), so that there is no waiting before it, nor before the second where the first is lunch; who works without a
visit is idle for the whole shift; lunch is no work. Nobody leaves before 0, shift or not.

Two more constraints are nowhere written but in the values that are published, which are met exactly with them and
undercut without: a client's services are given by different carers, and where nothing may be late they fall into one of
the client's windows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

JSON = Mapping[str, Any]
CLOSE = 1e-6
"""Minutes by which a carer may come too late: distances are sums of rounded numbers."""
PARTS = {
    "travel_time": "travel",
    "total_tardiness": "late",
    "highest_tardiness": "latest",
    "total_waiting_time": "waiting",
    "total_extra_time": "over",
    "max_idle_time": "idle",
    "caregiver_preferences": "disliked",
    "optional_patients": "unvisited",
    "missed_lunch_break": "lunchless",
    "workload_balance": "imbalance",
}
"""Component of the objective -> what it measures here."""


@dataclass(frozen=True)
class Verdict:
    """`parts` are weighted and add up to `objective`; `values` are all measures, weighed or not; `errors` say what
    must not be. `published` is the number that papers print (a third of the sum for Mankowska)."""

    objective: float
    parts: dict[str, float]
    values: dict[str, float]
    errors: tuple[str, ...]
    published: float


@dataclass
class _Tally:
    """What has been counted so far."""

    errors: list[str] = field(default_factory=list)
    travel: float = 0.0
    waiting: float = 0.0
    over: float = 0.0
    lateness: list[float] = field(default_factory=list)
    disliked: int = 0
    started: dict[tuple[str, str], float] = field(default_factory=dict)
    windows: dict[str, set[float]] = field(default_factory=dict)
    givers: dict[str, list[str]] = field(default_factory=dict)
    at_table: set[str] = field(default_factory=set)
    idle: dict[str, float] = field(default_factory=dict)
    load: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stop:
    begin: float
    end: float
    where: str
    what: str

    @property
    def is_lunch(self) -> bool:
        return self.what == "lunch_break"


def judge(instance: JSON, solution: JSON) -> Verdict:
    """The verdict on a solution, both as parsed from their files."""
    tally = _Tally()
    carers = {carer["id"]: carer for carer in instance["caregivers"]}
    seen: set[str] = set()
    for route in solution["routes"]:
        id = route["caregiver_id"]
        if id not in carers:
            tally.errors.append(f"There is no carer {id}.")
            continue
        stops = _stops(route)
        if not stops:
            continue
        if id in seen:
            tally.errors.append(f"{id} has two routes.")
            continue
        seen.add(id)
        _Route(instance, carers[id], tally).follow(stops)
    for id, carer in carers.items():
        tally.load.setdefault(id, 0.0)
        shift = carer.get("working_shift")
        tally.idle.setdefault(id, shift["end"] - shift["start"] if shift else 0.0)
    unvisited = sum(_unvisited(patient, tally) for patient in instance["patients"])
    return _verdict(instance, tally, unvisited)


def _stops(route: JSON) -> list[_Stop]:
    """Stops with a patient or a lunch, in time order; what else a route lists (its terminals) says nothing."""
    found = [
        _Stop(
            _first(place, "arrival_time", "start_time", "start_service_time"),
            _first(place, "departure_time", "end_time", "end_service_time"),
            place["patient"],
            place["service"],
        )
        for place in route.get("locations") or ()
        if "patient" in place
    ]
    return sorted(found, key=lambda stop: (stop.begin, stop.end))


def _first(place: JSON, *names: str) -> float:
    """The first of these entries that is there."""
    return float(next(place[name] for name in names if name in place))


class _Route:
    """One carer's route, followed from terminal to terminal."""

    def __init__(self, instance: JSON, carer: JSON, tally: _Tally) -> None:
        self.instance, self.carer, self.tally = instance, carer, tally
        self.id: str = carer["id"]
        self.shift = carer.get("working_shift")
        self.patients = {patient["id"]: patient for patient in instance["patients"]}
        self.terminals = {t["id"]: t["distance_matrix_index"] for t in instance["terminal_points"]}
        self.distances = instance["distances"]
        self.at_end = instance["metadata"].get("time_window_met") == "at_service_end"
        self.idle = 0.0
        self.load = 0.0

    def follow(self, stops: Sequence[_Stop]) -> None:
        here: int = self.terminals[self.carer["departing_point"]]
        clock = self._departure(stops[0], here)
        for number, stop in enumerate(stops):
            there = self._place(stop)
            clock += self._drive(here, there)
            wait = stop.begin - clock
            if wait < -CLOSE:
                self._error(f"is at {stop.where} at {clock:g}, after the start at {stop.begin:g}")
            self._wait(max(wait, 0.0), after_early_lunch=number == 1 and stops[0].is_lunch)
            if stop.is_lunch:
                self._lunch(stop)
            else:
                self._serve(stop)
            here, clock = there, stop.end
        clock += self._drive(here, self.terminals[self.carer["arrival_point"]])
        if self.shift:
            self.tally.over += max(0.0, clock - self.shift["end"])
            self.idle += max(0.0, self.shift["end"] - clock)
        self.tally.idle[self.id], self.tally.load[self.id] = self.idle, self.load

    def _departure(self, stop: _Stop, here: int) -> float:
        """When the carer leaves; idle time until then counts."""
        leaves = stop.begin - float(self.distances[here][self._place(stop)])
        if self.shift is None:
            if leaves < 0:
                self._error(f"leaves at {leaves:g}, before the day begins")
            return leaves
        if self.instance["metadata"].get("origin") in ("bazirha", "bazirha-caie"):
            leaves = self.shift["start"]
        if leaves < self.shift["start"]:
            self._error(f"leaves at {leaves:g}, before the shift")
        self.idle += leaves - self.shift["start"]
        return leaves

    def _place(self, stop: _Stop) -> int:
        """A lunch may be at any patient's, or (any other name) at the departing point."""
        if stop.where in self.patients:
            return int(self.patients[stop.where]["distance_matrix_index"])
        return int(self.terminals[self.carer["departing_point"]])

    def _drive(self, here: int, there: int) -> float:
        minutes = float(self.distances[here][there])
        self.tally.travel += minutes
        self.load += minutes
        return minutes

    def _wait(self, minutes: float, after_early_lunch: bool) -> None:
        self.idle += minutes
        if not after_early_lunch:
            self.tally.waiting += minutes

    def _lunch(self, stop: _Stop) -> None:
        rule = self.instance.get("lunch_breaks")
        if rule is None:
            self._error("has a lunch that the instance does not know")
            return
        if stop.begin < rule["start"] or (stop.end if self.at_end else stop.begin) > rule["end"]:
            self._error(f"has lunch {stop.begin:g}-{stop.end:g}, outside its hours")
        if stop.end - stop.begin < rule["min_duration"]:
            self._error(f"has lunch {stop.begin:g}-{stop.end:g}, too short")
        self.tally.at_table.add(self.id)

    def _serve(self, stop: _Stop) -> None:
        patient = self.patients.get(stop.where)
        needs = {need["service"]: need for need in patient["required_services"]} if patient else {}
        if patient is None or stop.what not in needs:
            self._error(f"gives {stop.what} to {stop.where}, who does not need it")
            return
        if (stop.where, stop.what) in self.tally.started:
            self._error(f"gives {stop.what} to {stop.where} once more")
            return
        self.tally.started[stop.where, stop.what] = stop.begin
        if self.id in self.tally.givers.setdefault(stop.where, []):
            self._error(f"gives {stop.where} more than one service")
        self.tally.givers[stop.where].append(self.id)
        self.load += stop.end - stop.begin
        if stop.what not in self.carer["abilities"]:
            self._error(f"lacks {stop.what} for {stop.where}")
        if self.id in (patient.get("incompatible_caregivers") or ()):
            self._error(f"is barred by {stop.where}")
        preferred = patient.get("preferred_caregivers")
        if preferred and self.id not in preferred:
            self.tally.disliked += 1
        minutes = self._minutes(needs[stop.what])
        if stop.end - stop.begin < minutes:
            self._error(
                f"gives {stop.what} to {stop.where} for {stop.end - stop.begin:g} of {minutes:g} minutes"
            )
        self._window(stop, patient)

    def _minutes(self, need: JSON) -> float:
        """How long the service takes: as the patient needs it, or as it takes by default."""
        by_default = {service["id"]: service.get("default_duration") for service in self.instance["services"]}
        return float(need.get("duration", by_default.get(need["service"])))

    def _window(self, stop: _Stop, patient: JSON) -> None:
        """Of all windows that have opened by the start the last counts; of two that open together the longer."""
        open_by_then = [window for window in patient["time_windows"] if window["start"] <= stop.begin]
        if not open_by_then:
            self._error(f"starts at {stop.where} at {stop.begin:g}, before any window")
            return
        latest = max(open_by_then, key=lambda window: (window["start"], window["end"]))
        self.tally.windows.setdefault(stop.where, set()).add(latest["start"])
        counts = stop.end if self.at_end else stop.begin
        self.tally.lateness.append(max(0.0, counts - latest["end"]))

    def _error(self, what: str) -> None:
        self.tally.errors.append(f"{self.id} {what}.")


def _unvisited(patient: JSON, tally: _Tally) -> bool:
    """Is the patient left out altogether? Says what is wrong with how the patient is served."""
    id = patient["id"]
    services = [need["service"] for need in patient["required_services"]]
    starts = [tally.started.get((id, service)) for service in services]
    given = [start for start in starts if start is not None]
    if not given:
        if not patient.get("optional"):
            tally.errors.append(f"{id} must be visited and is not.")
        return True
    if len(given) < len(services):
        tally.errors.append(f"{id} gets only a part of the services.")
        return False
    if len(services) > 1:
        _in_step(patient, given, tally)
    return False


def _in_step(patient: JSON, starts: Sequence[float], tally: _Tally) -> None:
    """Do the services, in their order, keep the distance from start to start that the patient asks for?"""
    asked = patient["synchronization"]
    apart = [after - before for before, after in pairwise(starts)]
    match asked["type"]:
        case "simultaneous":
            wrong = any(gap != 0 for gap in apart)
        case "sequential":
            wrong = any(not asked["distance"]["min"] <= gap <= asked["distance"]["max"] for gap in apart)
        case _:
            wrong = False
    if wrong:
        tally.errors.append(f"{patient['id']}: {asked['type']} services start {apart} minutes apart.")


def _verdict(instance: JSON, tally: _Tally, unvisited: int) -> Verdict:
    carers = instance["caregivers"]
    mean = sum(tally.load.values()) / len(tally.load) if tally.load else 0.0
    measured: dict[str, float] = {
        "travel": tally.travel,
        "late": sum(tally.lateness),
        "latest": max(tally.lateness, default=0.0),
        "waiting": tally.waiting,
        "over": tally.over,
        "idle": max(tally.idle.values(), default=0.0),
        "disliked": tally.disliked,
        "unvisited": unvisited,
        "lunchless": sum(bool(c.get("lunch_break")) and c["id"] not in tally.at_table for c in carers),
        # Loads are sums of the file's numbers, the mean is a quotient: 3.0000000001 is 3.
        "imbalance": sum(math.ceil(abs(load - mean) - CLOSE) for load in tally.load.values()),
    }
    values = {component: measured[name] for component, name in PARTS.items()}
    weights = instance["metadata"]["cost_components"]
    errors = list(tally.errors)
    parts: dict[str, float] = {}
    for component, weight in weights.items():
        if weight == "HARD" and component in ("total_tardiness", "highest_tardiness"):
            errors += [
                f"{id} is visited in {len(used)} windows."
                for id, used in tally.windows.items()
                if len(used) > 1
            ]
        if weight == "HARD" and values.get(component):
            errors.append(f"{component} must be 0 and is {values[component]:g}.")
        elif weight is not None and weight != "HARD" and component in values:
            parts[component] = weight * values[component]
    objective = sum(parts.values())
    third = instance["metadata"].get("origin") == "mankowska"
    return Verdict(objective, parts, values, tuple(errors), objective / 3 if third else objective)
