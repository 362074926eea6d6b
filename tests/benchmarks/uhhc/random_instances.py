"""Small random instances of the format with edges on purpose, and random rotas for them, legal or nearly so."""

from random import Random
from typing import Any

from benchmarks.uhhc.case import Case
from scheduler.rota import Rota
from tests.benchmarks.uhhc.builders import (
    ALL,
    JSON,
    LUNCH,
    TOGETHER,
    a_caregiver,
    a_patient,
    a_rota,
    an_instance,
    sequence,
)

SERVICES = ("s1", "s2", "s3")


def a_random_instance(seed: int, clients: int = 5, carers: int = 3) -> JSON:
    """Every component occurs, and each that may be a constraint is one sometimes. One instance in four has broken
    numbers, one in four lets its carers leave at the shift's start; either way there is no lunch, as in the published
    ones."""
    random = Random(seed)
    kind = random.choice(("generated", "generated", "bazirha-caie", "mankowska"))
    road = [0.0, *(random.choice(range(0, 65, 5)) for _ in range(clients))]
    if kind == "mankowska":
        road = [round(place + random.random(), 3) for place in road]
    people = [_patient(random, i + 1, carers) for i in range(clients)]
    workers = [_caregiver(random, i + 1, kind) for i in range(carers)]
    weights = _weights(random, kind)
    at_end = kind == "bazirha-caie" or (kind == "generated" and random.random() < 0.5)
    return an_instance(
        people, workers, weights, road, at_end, kind, lunch=LUNCH if kind == "generated" else None
    )


def _patient(random: Random, number: int, carers: int) -> JSON:
    services = [
        (name, random.choice((10, 15, 30))) for name in random.sample(SERVICES, random.choice((1, 1, 2)))
    ]
    start = random.randrange(60, 360, 15)
    windows = [(start, start + random.choice((30, 90, 150)))]
    if random.random() < 0.3:
        again = windows[0][1] + random.choice((-15, 0, 1, 60))
        windows.append((again, again + 60))
    more: dict[str, Any] = {"optional": random.random() < 0.4}
    ids = [f"c{i + 1}" for i in range(carers)]
    if random.random() < 0.3:
        more["preferred_caregivers"] = random.sample(ids, 1)
    if random.random() < 0.2:
        more["incompatible_caregivers"] = random.sample(ids, 1)
    sync = random.choice((TOGETHER, sequence(0, 30), sequence(15, 15), sequence(20, 60), None))
    return a_patient(f"p{number}", number, services, windows, sync, **more)


def _caregiver(random: Random, number: int, kind: str) -> JSON:
    start = random.randrange(0, 120, 30)
    shift = None if kind == "mankowska" else (start, start + random.choice((300, 420, 600)))
    more = {"lunch_break": random.random() < 0.7} if kind == "generated" else {}
    return a_caregiver(f"c{number}", random.sample(SERVICES, random.choice((2, 3))), shift, **more)


def _weights(random: Random, kind: str) -> dict[str, Any]:
    if kind == "mankowska":
        return {"travel_time": 1, "total_tardiness": 1, "highest_tardiness": 1}
    if kind == "bazirha-caie":
        names = ("travel_time", "total_waiting_time", "workload_balance")
        return {name: ALL[name] for name in names} | {"total_tardiness": "HARD", "total_extra_time": "HARD"}
    weights: dict[str, Any] = {name: weight for name, weight in ALL.items() if random.random() < 0.9}
    for name in ("total_extra_time", "caregiver_preferences"):
        if random.random() < 0.15:
            weights[name] = "HARD"
    return weights


def a_random_rota(case: Case, seed: int) -> Rota:
    """Clients in random order go to random carers at the earliest that both can, or a little later; now and then
    something about it is wrong."""
    random = Random(seed)
    free = {carer.id: (carer.shift[0] if carer.shift else 0, carer.leaves) for carer in case.instance.carers}
    plan: dict[str, tuple[str, int]] = {}
    order = sorted(
        range(len(case.visits_of)), key=lambda c: case.instance.clients[c].windows[0][0] + random.gauss(0, 20)
    )
    for c in order:
        if random.random() < (0.3 if case.instance.clients[c].optional else 0.02):
            continue
        _visit(case, c, free, plan, random)
    return a_rota(case, plan)


def _visit(
    case: Case, c: int, free: dict[str, tuple[float, int]], plan: dict[str, tuple[str, int]], random: Random
) -> None:
    client = case.instance.clients[c]
    least, most = client.gap or (0, 0)
    carers: list[str] = []
    for v in case.visits_of[c]:  # two services are rather done by two carers
        others = {id: where for id, where in free.items() if id not in carers}
        carers.append(_somebody(case, v, others or free, random))
    way = [case.instance.distances[free[carer][1]][client.place] for carer in carers]
    there = [case.up(free[carer][0] + hop) for carer, hop in zip(carers, way, strict=True)]
    window = random.choice(client.windows)[0]
    start = max(case.up(window), there[0]) + random.choice((0, 0, 1, 10, 30)) * case.ticks
    for i, v in enumerate(case.visits_of[c]):
        if i and client.gap:
            start = max(start + case.up(least), there[i])
            first = plan[case.problem.visits[v - 1].id]
            if start - first[1] > case.down(most):  # the first waits for the second, if nothing hinders
                plan[case.problem.visits[v - 1].id] = first[0], start - case.down(most)
        elif i:
            start = max(case.up(window), there[i])
        start += case.ticks * random.choice((0,) * 60 + (-1, 1))
        plan[case.problem.visits[v].id] = carers[i], start
    for v, carer in zip(case.visits_of[c], carers, strict=True):
        ends = plan[case.problem.visits[v].id][1] + case.needs[v].ticks
        free[carer] = max(free[carer][0], ends / case.ticks), client.place


def _somebody(case: Case, visit: int, free: dict[str, tuple[float, int]], random: Random) -> str:
    able = [
        carer.id
        for carer in case.instance.carers
        if case.service(visit) in carer.abilities and carer.id not in case.client(visit).barred
    ]
    able = [id for id in able if id in free]
    return random.choice(able if able and random.random() < 0.98 else list(free))
