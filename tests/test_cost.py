"""Cost: what a rota costs adds up, can be opened, and is what the rules told the solver."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scheduler.check import check
from scheduler.cost import cost
from scheduler.domain import PayBasis, PayTerms, Promise, Relation, Tie
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rounds import Round, rounds
from scheduler.rules import RULES
from scheduler.rules.base import Level, Rule
from scheduler.units import DAY
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_past_visit,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    some_settings,
)

SOFT = [rule for rule in RULES if rule.level is Level.SOFT]
INTERESTS = ("chess", "gardening", "rugby", "knitting", "choir")
LANGUAGES = ("english", "welsh", "polish")


def a_morning() -> tuple[Rota, Problem]:
    """Aled, paid £12 an hour for contact and travel (on-costed £15.60), 45p a mile: at Mary's (0, 0) from 8:00 to
    8:30, at Nia's (10, 0) from 8:45 to 9:15; 10 min and 10 km between, 5 min of waiting, 10 min home from Nia's.
    Mary has met him, Nia has not."""
    aled = a_carer(pay=PayTerms(hourly=1200, mileage=45))
    problem = a_problem(
        [a_visit("breakfast", "08:00"), a_visit("wash", "08:45", client="nia"), a_visit("lunch", "12:00")],
        [aled],
        [a_client("mary"), a_client("nia", x=10)],
        history=(a_past_visit("mary", "aled"),),
    )
    return a_rota(a_leg("breakfast", "aled", "08:00"), a_leg("wash", "aled", "08:45")), problem


def test_the_cost_of_a_morning_worked_by_hand():
    found = cost(*a_morning())
    assert found.by_rule()["paid_time"] == 1950  # 60 contact + 10 travel + 5 waiting = 75 min at £15.60
    assert found.by_rule()["mileage"] == 280  # 10 km = 6.2137 miles at 45p
    assert found.by_rule()["home_travel"] == 40
    assert found.by_rule()["continuity"] == 1650  # one known face, one new one
    assert found.by_rule()["unallocated"] == 60_000  # lunch, priority 3
    assert found.money == 1950 + 280
    assert found.total == 1950 + 280 + 40 + 1650 + 60_000
    assert found.per_contact_hour == 2230  # for exactly one hour with clients
    assert found.with_running_cost_per_contact_hour == 2230 + 900


def test_what_a_contact_only_contract_would_have_paid():
    found = cost(*a_morning())
    assert found.wages_amount == 75 * 1560
    assert found.contact_only_amount == 60 * 1560


def test_every_line_adds_up_from_its_findings_and_the_checker_says_the_same():
    rota, problem = a_morning()
    found = cost(rota, problem)
    assert sum(finding.price for finding in found.opened()) == found.total_amount
    assert check(rota, problem).total == found.total_amount
    for line in found.lines:
        assert sum(finding.price for finding in found.opened(line.rule)) == line.price


def test_the_total_can_be_opened_down_to_the_visit_the_client_and_the_carer():
    found = cost(*a_morning())
    assert found.opened()[0].visit == "lunch"
    assert [finding.rule for finding in found.opened(visit="lunch")] == ["unallocated"]
    assert [finding.rule for finding in found.opened(client="nia")] == ["continuity"]
    assert {finding.rule for finding in found.opened(carer="aled")} == {
        "paid_time",
        "mileage",
        "home_travel",
        "continuity",
    }


def test_a_cost_prints_itself():
    text = str(cost(*a_morning()))
    assert "£22.30 an hour with clients" in text
    assert text.splitlines()[0].endswith("£22.30")
    assert "Wages" in text


def test_an_empty_rota_costs_nothing_an_hour():
    found = cost(a_rota(), a_problem())
    assert (found.money, found.total, found.per_contact_hour) == (0, 0, 0)


class Ledger:
    """What the verbs of `rules.base.Verbs` say about money, each in its own plain words, to price a finished rota."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.charges: dict[tuple[int, int], int] = {}
        self.unallocated: dict[int, int] = {}
        self.start_off: list[tuple[int, int, int]] = []
        self.moved: list[tuple[int, int, int, int]] = []
        self.rates: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        self.counts: dict[int, tuple[bool, bool, bool]] = {}
        self.paid_curves: list[tuple[int, int, int, int, int, int]] = []
        self.floors: list[tuple[int, range, int, int, list[int], NDArray[np.int32], int, int]] = []
        self.legs: list[tuple[int, NDArray[np.int32]]] = []
        self.home: list[tuple[int, int]] = []
        self.pairs: list[tuple[int, Sequence[int]]] = []
        self.distinct: list[tuple[int, Sequence[int], Sequence[bool]]] = []
        self.spells: list[tuple[int, Sequence[int], Sequence[int]]] = []

    def charge(self, visits: Any, carer: int, amount: int) -> None:
        for visit in np.atleast_1d(visits):
            self.charges[int(visit), carer] = self.charges.get((int(visit), carer), 0) + amount

    def charge_unallocated(self, visit: int, amount: int) -> None:
        self.unallocated[visit] = self.unallocated.get(visit, 0) + amount

    def charge_start_off(self, visit: int, target: int, per_minute: int) -> None:
        self.start_off.append((visit, target, per_minute))

    def charge_moved(self, visit: int, start: int, tolerance: int, amount: int) -> None:
        self.moved.append((visit, start, tolerance, amount))

    def pay(self, carer: int, day: int, contact: int, travel: int, waiting: int, waiting_cap: int) -> None:
        """Calls add up; the cap is that of the call that pays for waiting."""
        before = self.rates.get((carer, day), (0, 0, 0, 0))
        cap = waiting_cap if waiting else before[3]
        self.rates[carer, day] = (before[0] + contact, before[1] + travel, before[2] + waiting, cap)

    def paid(self, carer: int, contact: bool, travel: bool, waiting: bool) -> None:
        self.counts[carer] = (contact, travel, waiting)

    def charge_paid(
        self, carer: int, week: int, below: int, per_below: int, above: int, per_above: int
    ) -> None:
        self.paid_curves.append((carer, week, below, per_below, above, per_above))

    def pay_floor(
        self,
        carer: int,
        weeks: range,
        due: int,
        earned: int,
        least: list[int],
        costs: NDArray[np.int32],
        waiting_cap: int,
        price: int,
    ) -> None:
        self.floors.append((carer, weeks, due, earned, least, costs, waiting_cap, price))

    def charge_legs(self, carer: int, amounts: NDArray[np.int32]) -> None:
        self.legs.append((carer, amounts))

    def charge_home(self, carer: int, per_minute: int) -> None:
        self.home.append((carer, per_minute))

    def charge_pairs(self, client: int, amounts: Sequence[int]) -> None:
        self.pairs.append((client, amounts))

    def charge_distinct_carers(self, client: int, curve: Sequence[int], recent: Sequence[bool]) -> None:
        self.distinct.append((client, curve, recent))

    def charge_rounds(self, carer: int, starts: Sequence[int], curve: Sequence[int]) -> None:
        self.spells.append((carer, starts, curve))

    def price(self, rota: Rota) -> int:
        problem, total = self.problem, 0
        work: dict[int, list[Round]] = {k: [] for k in range(len(problem.carers))}
        for r in rounds(rota, problem):
            work[problem.carer_index[r.carer.id]].append(r)
        seen: dict[int, set[int]] = {c: set() for c in range(len(problem.clients))}
        for leg in rota.legs:
            v, k = problem.visit_index[leg.visit], problem.carer_index[leg.carer]
            seen[problem.client_index[problem.visits[v].client]].add(k)
            total += self.charges.get((v, k), 0)
        start = {problem.visit_index[leg.visit]: leg.start for leg in rota.legs}
        total += sum(amount for v, amount in self.unallocated.items() if v not in start)
        total += sum(abs(start[v] - target) * each for v, target, each in self.start_off if v in start)
        total += sum(
            amount for v, told, most, amount in self.moved if v in start and abs(start[v] - told) > most
        )
        for (k, day), (contact, travel, waiting, cap) in self.rates.items():
            for r in work[k]:
                if r.day == day:
                    total += contact * r.contact + travel * r.travel + waiting * r.counted_waiting(cap)
        for k, week, below, per_below, above, per_above in self.paid_curves:
            paid = sum(self._paid(k, r) for r in work[k] if r.day // 7 == week)
            total += max(0, below - paid) * per_below + max(0, paid - above) * per_above
        for k, weeks, due, earned, least, costs, cap, each in self.floors:
            lacking = 0
            for week, minutes in zip(weeks, least, strict=True):
                mine = [r for r in work[k] if r.day // 7 == week]
                lacking += sum(due * (r.contact + r.travel + r.counted_waiting(cap)) for r in mine)
                lacking += sum(self._of_ways(r, costs) for r in mine)
                lacking -= earned * max(minutes, sum(self._paid(k, r) for r in mine))
            total += each * max(0, lacking)
        total += sum(self._of_ways(r, amounts) for k, amounts in self.legs for r in work[k])
        total += sum(each * (r.home_out + r.home_back) for k, each in self.home for r in work[k])
        total += sum(amounts[k] for c, amounts in self.pairs for k in seen[c])
        for c, curve, recent in self.distinct:
            total += curve[len(seen[c] | {k for k, flag in enumerate(recent) if flag})]
        for k, starts, curve in self.spells:
            total += curve[len({r.shift.start for r in work[k] if r.shift and r.shift.start in starts})]
        return total

    def _of_ways(self, r: Round, amounts: NDArray[np.int32]) -> int:
        places = [self.problem.place_of_client(stop.visit.client) for stop in r.stops]
        return sum(int(amounts[a, b]) for a, b in pairwise(places))

    def _paid(self, carer: int, r: Round) -> int:
        contact, travel, waiting = self.counts[carer]
        cap = self.rates[carer, r.day][3]
        return contact * r.contact + travel * r.travel + waiting * r.counted_waiting(cap)


def a_random_week(seed: int) -> tuple[Rota, Problem]:
    """Carers of every kind, some of whom have left, and a rota that keeps to shifts and travel but to little else."""
    random = Random(seed)
    days = random.choice([3, 7, 10])
    clients = [
        a_client(
            f"client{c}",
            x=random.randrange(30),
            y=random.randrange(30),
            interests=frozenset(random.sample(INTERESTS, random.randrange(4))),
            languages=frozenset(random.sample(LANGUAGES, random.randrange(3))),
            max_carers=random.choice([None, None, 1, 3]),
            plan_from=random.choice([None, -5]),
        )
        for c in range(6)
    ]
    carers = [
        a_carer(
            f"carer{k}",
            x=random.randrange(30),
            y=random.randrange(30),
            mode=random.choice(["car", "bicycle", "foot"]),
            interests=frozenset(random.sample(INTERESTS, random.randrange(4))),
            languages=frozenset(random.sample(LANGUAGES, random.randrange(3))),
            contracted=random.choice([0, 300, 601]),
            wished=random.choice([None, 0, 200, 407]),
            pay=PayTerms(
                basis=random.choice(list(PayBasis)),
                hourly=random.choice([0, 1271, 1333]),
                mileage=random.choice([0, 25, 37]),
                weekend_extra=random.choice([0, 77]),
            ),
        )
        for k in range(5)
    ]
    shifts = []
    for carer in carers:
        for day in range(days):
            for start, end in ((420, 780), (960, 1320)):
                if random.random() < 0.7:
                    late = start + random.randrange(60)
                    shifts.append(a_shift(carer.id, day * DAY + late, day * DAY + end - random.randrange(60)))
    visits = [
        a_visit(
            f"visit{v}",
            random.randrange(days) * DAY + random.randrange(400, 1320),
            client=random.choice(clients).id,
            minutes=random.choice([15, 30, 45]),
            carers=random.choice([1, 1, 2]),
            priority=random.randrange(1, 6),
            time_critical=random.random() < 0.2,
        )
        for v in range(60)
    ]
    told = tuple(
        Promise(visit.id, visit.preferred + random.choice([0, 0, 45]), (random.choice(carers).id,))
        for visit in visits
        if random.random() < 0.5
    )
    some = [(client.id, carer.id) for client in clients for carer in carers if random.random() < 0.4]
    problem = a_problem(
        visits,
        carers,
        clients,
        shifts,
        days=days,
        settings=some_settings(
            on_cost_percent=random.choice([100, 133]),
            waiting_cap=random.choice([0, 20, 60]),
            short_notice_percent=Random(f"notice {seed}").choice([0, 50, 100]),
        ),
        published=told,
        now=Random(f"now {seed}").choice([None, 0, DAY]),
        ties=tuple(Tie(c, k, random.choice([Relation.PREFER, Relation.ONLY])) for c, k in some),
        history=tuple(
            a_past_visit(c, random.choice([k, k, "left"]), -random.randrange(1, 20) * DAY) for c, k in some
        ),
    )
    busy: dict[str, list[Leg]] = {carer.id: [] for carer in carers}
    for visit in visits:
        start = random.randrange(visit.earliest, visit.latest + 1)
        free = [
            k
            for k in random.sample(carers, len(carers))
            if _fits(k.id, start, visit.commissioned, busy, problem)
        ]
        for n, carer in enumerate(free[: visit.carers] if len(free) >= visit.carers else []):
            busy[carer.id].append(a_leg(visit.id, carer.id, start, visit.commissioned, second=n > 0))
    return a_rota(*(leg for legs in busy.values() for leg in legs), days=days), problem


def _fits(carer: str, start: int, minutes: int, busy: dict[str, list[Leg]], problem: Problem) -> bool:
    within = any(s.start <= start and start + minutes <= s.end for s in problem.shifts_of(carer))
    return within and all(leg.end <= start or start + minutes <= leg.start for leg in busy[carer])


@pytest.mark.parametrize("seed", range(40))
def test_what_the_rules_tell_the_solver_adds_up_to_what_they_find(seed):
    rota, problem = a_random_week(seed)
    ledger = Ledger(problem)
    for rule in SOFT:
        rule.encode(ledger, problem)  # type: ignore[arg-type]  # has what soft rules ask for
    assert ledger.price(rota) == cost(rota, problem).total_amount


@pytest.mark.parametrize("rule", SOFT, ids=lambda rule: rule.name)
def test_each_rule_alone_agrees_and_has_something_to_price(rule: Rule):
    priced = 0
    for seed in range(12):
        rota, problem = a_random_week(seed)
        ledger = Ledger(problem)
        for one in {"paid_time", rule.name}:
            next(r for r in SOFT if r.name == one).encode(ledger, problem)  # type: ignore[arg-type]  # has what soft rules ask for
        wages = 0 if rule.name == "paid_time" else cost(rota, problem).wages_amount
        found = [finding.price for finding in rule.findings(rota, problem)]
        assert ledger.price(rota) - wages == sum(found)
        priced += any(found)
    assert priced
