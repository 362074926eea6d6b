"""Read a published instance. The format's words (patient, caregiver) end here: what leaves are clients and carers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scheduler.errors import CareroundError
from scheduler.solve.kernel.layout import MAX_SPANS

HARD = "HARD"
"""In place of a weight: must be zero."""
COMPONENTS = (
    "travel_time",
    "total_tardiness",
    "highest_tardiness",
    "total_waiting_time",
    "total_extra_time",
    "max_idle_time",
    "caregiver_preferences",
    "optional_patients",
    "missed_lunch_break",
    "workload_balance",
)
"""The parts of an objective."""
MAY_BE_HARD = (
    "total_tardiness",
    "highest_tardiness",
    "total_extra_time",
    "caregiver_preferences",
    "optional_patients",
    "missed_lunch_break",
)
FROM_SHIFT_START = ("bazirha", "bazirha-caie")
"""Instances of these origins have their carers leave when the shift starts; all others let them leave just in time."""
THIRDS = "mankowska"
"""Instances of this origin are compared by a third of the sum: travel, lateness and worst lateness weigh 1/3 each."""


class BadInstance(CareroundError):
    """The file is no instance that we can read; the message says what is wrong where."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service that a client needs: its id in the file and its minutes."""

    id: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Person:
    """A client. `windows` by start; `gap`: least and most minutes from the start of one service to the start of the
    next, None where they are independent. `place` is a row of the distances."""

    id: str
    place: int
    services: tuple[Service, ...]
    windows: tuple[tuple[float, float], ...]
    gap: tuple[float, float] | None = None
    optional: bool = False
    preferred: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Worker:
    """A carer. `leaves` and `returns` are rows of the distances, `departing` is the name of the first; `shift` is None
    where there is none; `lunch`: should have a lunch break."""

    id: str
    abilities: frozenset[str]
    departing: str
    leaves: int
    returns: int
    shift: tuple[float, float] | None = None
    lunch: bool = False


@dataclass(frozen=True, slots=True)
class Lunch:
    """A lunch lasts `minutes` and starts in `earliest`..`latest`."""

    earliest: float
    latest: float
    minutes: float


@dataclass(frozen=True)
class Instance:
    """A published instance. Times and distances are in the file's own minutes, whole or not. `at_end`: a service is
    late when it ENDS after its window. `weights` holds only the components that count."""

    name: str
    origin: str
    at_end: bool
    weights: Mapping[str, int | str]
    clients: tuple[Person, ...]
    carers: tuple[Worker, ...]
    distances: tuple[tuple[float, ...], ...]
    lunch: Lunch | None = None

    def weight(self, component: str) -> int:
        """What a unit of the component adds to the objective; 0 where it does not count or is a constraint."""
        weight = self.weights.get(component, 0)
        return weight if isinstance(weight, int) else 0

    def hard(self, component: str) -> bool:
        """Is the component a constraint?"""
        return self.weights.get(component) == HARD

    @property
    def leaves_at_shift_start(self) -> bool:
        """Do carers leave when their shift starts, and wait for their first client?"""
        return self.origin in FROM_SHIFT_START

    @cached_property
    def is_whole(self) -> bool:
        """Are all times and distances whole numbers?"""
        times = [minutes for row in self.distances for minutes in row]
        for client in self.clients:
            times += [service.minutes for service in client.services]
            times += [minute for window in client.windows for minute in window]
            times += client.gap or ()
        for carer in self.carers:
            times += carer.shift or ()
        if self.lunch:
            times += [self.lunch.earliest, self.lunch.latest, self.lunch.minutes]
        return all(float(minutes).is_integer() for minutes in times)


def read_instance(path: Path) -> Instance:
    """The instance in a JSON file. Raises BadInstance with the name of the file and what is wrong."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInstance(f"{path} cannot be read as JSON: {error}") from error
    try:
        return instance_of(data, path.stem)
    except KeyError as error:
        raise BadInstance(f"{path} is no instance of the format: {error} is missing.") from error
    except (TypeError, AttributeError) as error:
        raise BadInstance(f"{path} is no instance of the format: {error}.") from error


def instance_of(data: Mapping[str, Any], name: str) -> Instance:
    """The instance that the parsed file describes. Files without `time_window_met` count lateness at the start."""
    meta = data["metadata"]
    terminals = {point["id"]: int(point["distance_matrix_index"]) for point in data["terminal_points"]}
    defaults = {service["id"]: service.get("default_duration") for service in data.get("services", ())}
    at_end = meta.get("time_window_met", "at_service_start") == "at_service_end"
    lunch = data.get("lunch_breaks")
    instance = Instance(
        name=name,
        origin=str(meta.get("origin", "")),
        at_end=at_end,
        weights=_weights(meta["cost_components"], name),
        clients=tuple(_person(row, defaults) for row in data["patients"]),
        carers=tuple(_worker(row, terminals) for row in data["caregivers"]),
        distances=tuple(tuple(row) for row in data["distances"]),
        lunch=_lunch(lunch, at_end) if lunch else None,
    )
    _validate(instance)
    return instance


def _weights(components: Mapping[str, Any], name: str) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for component, weight in components.items():
        if component not in COMPONENTS or weight is None:
            continue
        if weight != HARD and not float(weight).is_integer():
            raise BadInstance(
                f"{name}: the weight of {component} is {weight}; only whole weights are understood."
            )
        if weight == HARD and component not in MAY_BE_HARD:
            raise BadInstance(f"{name}: {component} is a constraint; only {', '.join(MAY_BE_HARD)} may be.")
        found[component] = HARD if weight == HARD else int(weight)
    return found


def _person(row: Mapping[str, Any], defaults: Mapping[str, float | None]) -> Person:
    services = tuple(_service(need, row["id"], defaults) for need in row["required_services"])
    return Person(
        id=str(row["id"]),
        place=int(row["distance_matrix_index"]),
        services=services,
        windows=tuple(sorted((window["start"], window["end"]) for window in row["time_windows"])),
        gap=_gap(row["synchronization"]) if len(services) > 1 else None,
        optional=bool(row.get("optional", False)),
        preferred=frozenset(row.get("preferred_caregivers") or ()),
        barred=frozenset(row.get("incompatible_caregivers") or ()),
    )


def _service(need: Mapping[str, Any], client: str, defaults: Mapping[str, float | None]) -> Service:
    minutes = need.get("duration", defaults.get(need["service"]))
    if minutes is None or minutes <= 0:
        raise BadInstance(f"Service {need['service']} of {client} lasts {minutes} minutes: use more than 0.")
    return Service(str(need["service"]), minutes)


def _gap(rule: Mapping[str, Any]) -> tuple[float, float] | None:
    match rule["type"]:
        case "independent":
            return None
        case "simultaneous":
            return 0, 0
        case "sequential":
            return rule["distance"]["min"], rule["distance"]["max"]
    raise BadInstance(f"Synchronization {rule['type']!r} is not known.")


def _worker(row: Mapping[str, Any], terminals: Mapping[str, int]) -> Worker:
    shift = row.get("working_shift")
    return Worker(
        id=str(row["id"]),
        abilities=frozenset(row["abilities"]),
        departing=row["departing_point"],
        leaves=terminals[row["departing_point"]],
        returns=terminals[row["arrival_point"]],
        shift=(shift["start"], shift["end"]) if shift else None,
        lunch=bool(row.get("lunch_break", False)),
    )


def _lunch(row: Mapping[str, Any], at_end: bool) -> Lunch:
    """Where lateness counts at the end of a service, a lunch must END in its window too."""
    minutes = row["min_duration"]
    return Lunch(row["start"], row["end"] - minutes if at_end else row["end"], minutes)


def _validate(instance: Instance) -> None:
    """What the format allows and we could not plan rightly is refused."""
    name, places = instance.name, len(instance.distances)
    if any(len(row) != places for row in instance.distances):
        raise BadInstance(f"{name}: the distances must be a square table.")
    if any(instance.distances[i][i] for i in range(places)):
        raise BadInstance(f"{name}: from a place to itself must be 0.")
    for client in instance.clients:
        if not client.windows:
            raise BadInstance(f"{name}: {client.id} has no window.")
        if len(client.windows) > MAX_SPANS:
            raise BadInstance(
                f"{name}: {client.id} has {len(client.windows)} windows: use {MAX_SPANS} at the most."
            )
        if client.optional and len(client.services) > 2:
            raise BadInstance(f"{name}: {client.id} is optional and has more than two services.")
    if "max_idle_time" in instance.weights and any(carer.shift is None for carer in instance.carers):
        raise BadInstance(f"{name}: idle time counts, so every carer needs a shift.")
    if any(carer.lunch for carer in instance.carers):
        if instance.lunch is None:
            raise BadInstance(f"{name}: some carers have a lunch break, but the file does not say when.")
        if instance.leaves_at_shift_start:
            raise BadInstance(f"{name}: lunch is not understood where carers leave at the shift's start.")
