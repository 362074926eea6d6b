"""The exact half: a CP-SAT model of some rounds, everything else left as it is.

One model serves three ends: placing visits that the search left over (a handful of rounds), proving that they cannot
be placed there, and, with every round free, solving a small problem whole (the oracle of the tests). It is made from
the same `Model` as the compiled search, but shares no line with it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from scheduler.rota import Leg, Rota
from scheduler.solve.model import Model

HOME = -1
Spell = tuple[int, int, int, int]
"""A shift as the model has it: carer, day, start, end."""


@dataclass(frozen=True)
class Answer:
    """The best rota found (None: none), what was free to choose costs in it by the model's own account, how far from
    the best possible that may be (sixtieths of a penny; `proven` when that is nothing) while all else stays, and which
    of the visits that were asked for are still unallocated."""

    rota: Rota | None
    price: int
    gap: int
    proven: bool
    unallocated: frozenset[str]


@dataclass
class _Round:
    """The variables of one free round."""

    spell: Spell
    active: Any
    leaves: Any
    is_home: Any
    begin: Any
    finish: Any
    visits: dict[int, Any] = field(default_factory=dict)  # visit -> literal: this carer is there
    first: dict[int, Any] = field(default_factory=dict)
    last: dict[int, Any] = field(default_factory=dict)
    work: list[Any] = field(default_factory=list)
    paid: list[Any] = field(default_factory=list)


def solve_exactly(
    model: Model,
    rota: Rota,
    free: Iterable[Spell],
    extra: Iterable[str] = (),
    effort: float = 10.0,
    seconds: float = math.inf,
) -> Answer:
    """Best plan for the visits in the `free` rounds of the rota and the `extra` ones (ids, unallocated so far).

    `effort` is CP-SAT's deterministic time, so that the same call gives the same answer on any machine; `seconds`, if
    given, may end it earlier.
    """
    return _Exact(model, rota, tuple(free), frozenset(extra)).solve(effort, seconds)


class _Exact:
    def __init__(self, model: Model, rota: Rota, free: tuple[Spell, ...], extra: frozenset[str]) -> None:
        self.m, self.p, self.before = model, model.problem, rota
        self.cp = cp_model.CpModel()
        self.yes = self.cp.new_constant(1)
        self.zero = self.cp.new_constant(0)  # keeps a sum of plain numbers an expression
        self.free = free
        self.objective: list[Any] = []
        ids = {leg.visit for leg in rota.legs if self._spell_of(leg) in set(free)} | extra
        self.movable = sorted(
            self.p.visit_index[id]
            for id in ids
            if self.p.visit_index[id] not in model.kept
            and all(self._spell_of(leg) in set(free) for leg in rota.of_visit(id))
        )
        moving = {self.p.visits[v].id for v in self.movable}
        self.kept = [leg for leg in rota.legs if leg.visit not in moving]
        self.start: dict[int, Any] = {}
        self.minutes: dict[int, Any] = {}  # of the leading leg
        self.planned: dict[int, Any] = {}
        self.second: dict[tuple[int, Spell], Any] = {}  # helps at the visit, rather than leads
        self.rounds: list[_Round] = []
        self._visits()
        for spell in free:
            self._round(spell)
        self._carers_of_visits()
        self._links()
        for carer in {spell[0] for spell in free}:
            self._carer(carer)
        self._continuity()

    # -- what there is ----------------------------------------------------------------------------------------------

    def _spell_of(self, leg: Leg) -> Spell | None:
        carer = self.p.carer_index[leg.carer]
        for shift in self.p.shifts_of(leg.carer):
            if shift.start <= leg.start < shift.end:
                return (carer, shift.day, shift.start, shift.end)
        return None

    def _visits(self) -> None:
        for v in self.movable:
            m = self.m
            self.planned[v] = self.cp.new_bool_var(f"planned {v}")
            self.objective.append(int(m.unallocated[v]) * (1 - self.planned[v]))
            lo, hi = int(m.earliest[v]), int(m.latest[v])
            if lo > hi:
                self.cp.add(self.planned[v] == 0)
                hi = lo
            self.start[v] = self.cp.new_int_var(lo, hi, f"start {v}")
            longest = int(m.minutes[v].max())
            self.minutes[v] = self.cp.new_int_var(1, longest, f"minutes {v}")
            if m.per_minute[v]:
                off = self.cp.new_int_var(0, 1440, f"off {v}")
                self.cp.add(off >= self.start[v] - int(m.target[v])).only_enforce_if(self.planned[v])
                self.cp.add(off >= int(m.target[v]) - self.start[v]).only_enforce_if(self.planned[v])
                self.objective.append(int(m.per_minute[v]) * off)

    def _fixed_stops(self, spell: Spell) -> list[Leg]:
        return [leg for leg in self.kept if self._spell_of(leg) == spell]

    def _round(self, spell: Spell) -> None:
        carer, day, lo, hi = spell
        cp, m = self.cp, self.m
        r = _Round(
            spell,
            cp.new_bool_var("active"),
            cp.new_int_var(lo - 1440, hi, "leaves"),
            cp.new_int_var(lo, hi + 1440, "home"),
            cp.new_int_var(lo, hi, "begin"),
            cp.new_int_var(lo, hi, "finish"),
        )
        fixed = {self.p.visit_index[leg.visit]: leg for leg in self._fixed_stops(spell)}
        start: dict[int, Any] = {v: leg.start for v, leg in fixed.items()}
        length: dict[int, Any] = {v: leg.minutes for v, leg in fixed.items()}
        arcs: list[tuple[int, int, Any]] = [(0, 0, ~r.active)]
        for v in self.movable:
            if m.day[v] != day or not m.allowed[v, carer]:
                continue
            here = cp.new_bool_var(f"{v} by {carer}")
            r.visits[v] = here
            start[v] = self.start[v]
            length[v] = self._length(v, spell, here)
            cp.add(start[v] >= lo).only_enforce_if(here)
            cp.add(start[v] + length[v] <= hi).only_enforce_if(here)
            cp.add_implication(here, self.planned[v])
            self.objective.append(int(m.charges[v, carer]) * here)
        for v in fixed:
            r.visits[v] = self.yes
        nodes = list(r.visits)
        number = {v: i + 1 for i, v in enumerate(nodes)}
        pay = m.pay_rates[carer, day]
        minutes, home = m.matrices[m.mode[carer]], len(self.p.clients) + carer
        gap_paid: dict[int, Any] = {}
        stretch: dict[int, Any] = {}
        rested: dict[int, Any] = {}
        after, least = (int(x) for x in m.breaks[carer])
        for v in nodes:
            here = r.visits[v]
            if v not in fixed:
                arcs.append((number[v], number[v], ~here))
            gap_paid[v] = self._gap(carer)
            stretch[v] = cp.new_int_var(lo, hi, "stretch")
            rested[v] = cp.new_bool_var("rested")
            cp.add(stretch[v] <= start[v]).only_enforce_if(here)
            cp.add(start[v] + length[v] - stretch[v] <= after).only_enforce_if(here)
            r.work += [length[v] * 1 if v in fixed else self._if(here, length[v], 1440)]
            r.paid += [r.work[-1]] if m.paid_kinds[carer, 0] else []
            self.objective.append(int(pay[0]) * r.work[-1])
        for v in nodes:
            out, back = int(minutes[home, m.client[v]]), int(minutes[m.client[v], home])
            r.first[v], r.last[v] = cp.new_bool_var("first"), cp.new_bool_var("last")
            arcs += [(0, number[v], r.first[v]), (number[v], 0, r.last[v])]
            cp.add(r.begin == start[v]).only_enforce_if(r.first[v])
            cp.add(r.leaves == start[v] - out).only_enforce_if(r.first[v])
            cp.add(stretch[v] == start[v]).only_enforce_if(r.first[v])
            cp.add(r.finish == start[v] + length[v]).only_enforce_if(r.last[v])
            cp.add(r.is_home == start[v] + length[v] + back).only_enforce_if(r.last[v])
            r.work += [out * r.first[v], back * r.last[v]]
            self.objective += [int(m.home_price[carer]) * x for x in (out * r.first[v], back * r.last[v])]
            for w in nodes:
                if w == v:
                    continue
                way = int(minutes[m.client[v], m.client[w]])
                arc = cp.new_bool_var("arc")
                arcs.append((number[v], number[w], arc))
                gap = start[w] - start[v] - length[v] - way
                cp.add(gap >= 0).only_enforce_if(arc)
                self._pay_gap(gap, gap_paid[w], arc)
                cp.add(stretch[w] <= stretch[v]).only_enforce_if(arc, ~rested[w])
                cp.add(gap >= least).only_enforce_if(arc, rested[w])
                r.work.append(way * arc)
                if m.paid_kinds[carer, 1]:
                    r.paid.append(way * arc)
                amount = int(pay[1]) * way
                if m.leg_class[carer] >= 0:
                    amount += int(m.leg_amounts[m.leg_class[carer]][m.client[v], m.client[w]])
                self.objective.append(amount * arc)
        for counted, paid, _ in gap_paid.values():
            r.work.append(counted)
            if m.paid_kinds[carer, 2]:
                r.paid.append(paid)
            self.objective.append(int(pay[2]) * paid)
        cp.add_circuit(arcs)
        if fixed:
            cp.add(r.active == 1)
        self.rounds.append(r)

    def _length(self, v: int, spell: Spell, here: Any) -> Any:
        """Minutes of this carer at the visit: the leading carer's, or the second's part."""
        m, carer = self.m, spell[0]
        need = int(m.minutes[v, carer])
        if not m.double[v]:
            self.cp.add(self.minutes[v] == need).only_enforce_if(here)
            return need
        helps = self.cp.new_bool_var(f"{carer} helps at {v}")
        self.cp.add_implication(helps, here)
        self.second[v, spell] = helps
        if m.second_minutes[v] == 0:
            self.cp.add(self.minutes[v] >= need).only_enforce_if(here)
            return self.minutes[v]
        part = int(m.second_minutes[v])
        return need + (part - need) * helps

    def _if(self, literal: Any, value: Any, most: int) -> Any:
        """`value` where the literal holds, else 0."""
        result = self.cp.new_int_var(0, most, "if")
        self.cp.add(result == value).only_enforce_if(literal)
        self.cp.add(result == 0).only_enforce_if(~literal)
        return result

    def _gap(self, carer: int) -> tuple[Any, Any, list[tuple[Any, int]]]:
        """(working minutes, paid minutes, caps) of the gap before a stop."""
        caps = (int(self.m.work_cap[carer]), int(self.m.pay_cap[carer]))
        found = []
        for cap in caps:
            found.append(self.cp.new_int_var(0, min(cap, 1440), "gap"))
        overs = [(self.cp.new_bool_var("over"), cap) for cap in caps]
        return found[0], found[1], overs

    def _pay_gap(self, gap: Any, variables: tuple[Any, Any, list[tuple[Any, int]]], arc: Any) -> None:
        """The variables hold min(gap, cap) where the arc is used."""
        for variable, (over, cap) in zip(variables[:2], variables[2], strict=True):
            if cap >= 1440:
                self.cp.add(variable == gap).only_enforce_if(arc)
                continue
            self.cp.add(variable == gap).only_enforce_if(arc, ~over)
            self.cp.add(gap <= cap).only_enforce_if(arc, ~over)
            self.cp.add(variable == cap).only_enforce_if(arc, over)
            self.cp.add(gap >= cap).only_enforce_if(arc, over)

    # -- what holds between rounds ----------------------------------------------------------------------------------

    def _carers_of_visits(self) -> None:
        m, cp = self.m, self.cp
        for v in self.movable:
            by_carer: dict[int, list[Any]] = defaultdict(list)
            for r in self.rounds:
                if v in r.visits:
                    by_carer[r.spell[0]].append(r.visits[v])
            here = [literal for literals in by_carer.values() for literal in literals]
            cp.add(sum(here) == (2 if m.double[v] else 1) * self.planned[v])
            for literals in by_carer.values():
                cp.add_at_most_one(literals)
            if m.double[v]:
                cp.add(sum(h for (w, _), h in self.second.items() if w == v) == self.planned[v])
                if m.must[v] >= 0:
                    cp.add(sum(by_carer.get(int(m.must[v]), [])) == self.planned[v])
                if m.second_minutes[v] == 0:
                    self._no_longer_than_needed(v, by_carer)

    def _no_longer_than_needed(self, v: int, by_carer: dict[int, list[Any]]) -> None:
        """A whole double-up lasts as long as one of its two carers needs, not longer."""
        reasons = []
        for carer, literals in by_carer.items():
            for here in literals:
                why = self.cp.new_bool_var("why so long")
                self.cp.add_implication(why, here)
                self.cp.add(self.minutes[v] == int(self.m.minutes[v, carer])).only_enforce_if(why)
                reasons.append(why)
        self.cp.add(sum(reasons) >= self.planned[v])

    def _links(self) -> None:
        for a, b, least, most in self.m.links:
            ends = []
            literals = []
            for v in (a, b):
                legs = [leg for leg in self.kept if leg.visit == self.p.visits[v].id]
                if v in self.start:
                    ends.append(self.start[v])
                    literals.append(self.planned[v])
                elif legs:
                    ends.append(legs[0].start)
            if len(ends) == 2 and literals:
                self.cp.add_linear_constraint(ends[1] - ends[0], least, most).only_enforce_if(*literals)

    def _carer(self, carer: int) -> None:
        """Rest, weekly rest, weekly hours, paid hours and unpopular spells of one carer."""
        m, cp = self.m, self.cp
        fixed = [self._constant_round(leg_spell) for leg_spell in self._fixed_spells(carer)]
        rounds: list[_Round] = sorted(
            [r for r in self.rounds if r.spell[0] == carer] + fixed, key=lambda r: r.spell[2]
        )
        minutes = m.matrices[m.mode[carer]]
        rest = int(m.rest[carer])
        for i, a in enumerate(rounds):
            if rest:
                cp.add(a.leaves >= int(m.home_at[carer]) + rest).only_enforce_if(a.active)
            for b in rounds[i + 1 :]:
                if b.spell[1] == a.spell[1]:
                    for v, last in a.last.items():
                        for w, first in b.first.items():
                            way = int(minutes[m.client[v], m.client[w]])
                            cp.add(b.begin >= a.finish + way).only_enforce_if(a.active, b.active, last, first)
                elif b.spell[1] == a.spell[1] + 1:
                    cp.add(b.leaves >= a.is_home + rest).only_enforce_if(a.active, b.active)
        for week in range(self.p.weeks):
            self._week(carer, week, [r for r in rounds if m.week_of(r.spell[1]) == week])
        self._unpopular(carer, rounds)

    def _fixed_spells(self, carer: int) -> list[Spell]:
        id = self.p.carers[carer].id
        spells = {self._spell_of(leg) for leg in self.kept if leg.carer == id}
        return sorted(spell for spell in spells if spell is not None and spell not in set(self.free))

    def _constant_round(self, spell: Spell) -> _Round:
        """A round that stays as it is, in the shape of the others. Its own price does not matter here."""
        m, carer = self.m, spell[0]
        legs = self._fixed_stops(spell)
        minutes, home = m.matrices[m.mode[carer]], len(self.p.clients) + carer
        places = [int(m.client[self.p.visit_index[leg.visit]]) for leg in legs]
        out, back = int(minutes[home, places[0]]), int(minutes[places[-1], home])
        contact = sum(leg.minutes for leg in legs)
        travel = sum(int(minutes[a, b]) for a, b in pairwise(places))
        gaps = [
            y.start - x.end - int(minutes[a, b])
            for x, y, a, b in zip(legs, legs[1:], places, places[1:], strict=False)
        ]
        counted = sum(min(gap, int(m.work_cap[carer])) for gap in gaps)
        paid_gap = sum(min(gap, int(m.pay_cap[carer])) for gap in gaps)
        kinds = m.paid_kinds[carer]
        return _Round(
            spell,
            active=self.yes,
            leaves=legs[0].start - out,
            is_home=legs[-1].end + back,
            begin=legs[0].start,
            finish=legs[-1].end,
            visits={self.p.visit_index[leg.visit]: self.yes for leg in legs},
            first={self.p.visit_index[legs[0].visit]: self.yes},
            last={self.p.visit_index[legs[-1].visit]: self.yes},
            work=[contact + travel + counted + out + back],
            paid=[contact * bool(kinds[0]) + travel * bool(kinds[1]) + paid_gap * bool(kinds[2])],
        )

    def _week(self, carer: int, week: int, rounds: list[_Round]) -> None:
        m, cp = self.m, self.cp
        cp.add(sum((x for r in rounds for x in r.work), 0) + self.zero <= int(m.limit[carer, week]))
        below, per_below, above, per_above = (int(x) for x in m.paid_prices[carer, week])
        paid = sum((x for r in rounds for x in r.paid), 0)
        for price, over in ((per_below, below - paid), (per_above, paid - above)):
            if price:
                amount = cp.new_int_var(0, 20_000, "paid hours")
                cp.add(amount >= over)
                self.objective.append(price * amount)
        rest = int(m.rest_a_week[carer])
        if rest and m.full_week(week) and rounds:
            self._weekly_rest(rounds, week * 10080, (week + 1) * 10080, rest)

    def _weekly_rest(self, rounds: list[_Round], begin: int, end: int, rest: int) -> None:
        cp = self.cp
        choices = []
        for i in range(-1, len(rounds)):
            chosen = cp.new_bool_var("rests here")
            choices.append(chosen)
            if i >= 0:
                cp.add(rounds[i].active == 1).only_enforce_if(chosen)
            free_from = begin if i < 0 else rounds[i].is_home
            cp.add(free_from + rest + self.zero <= end).only_enforce_if(chosen)
            for later in rounds[i + 1 :]:
                cp.add(later.leaves >= free_from + rest + self.zero).only_enforce_if(chosen, later.active)
        cp.add_bool_or(choices)

    def _unpopular(self, carer: int, rounds: list[_Round]) -> None:
        starts = self.m.unpopular_starts.get(carer, frozenset())
        worked = [r.active for r in rounds if r.spell[2] in starts]
        curve = self.m.unpopular_curve.get(carer)
        if worked and curve:
            self._curve(sum(worked) + self.zero, curve)

    def _curve(self, amount: Any, curve: list[int]) -> None:
        """Add curve[amount] to the objective."""
        price = self.cp.new_int_var(min(curve), max(curve), "price")
        index = self.cp.new_int_var(0, len(curve) - 1, "count")
        self.cp.add(index == amount)
        self.cp.add_element(index, curve, price)
        self.objective.append(price)

    def _continuity(self) -> None:
        m, cp = self.m, self.cp
        kept = Counter(
            (int(m.client[self.p.visit_index[leg.visit]]), self.p.carer_index[leg.carer]) for leg in self.kept
        )
        here: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for r in self.rounds:
            for v, literal in r.visits.items():
                if v in self.start:
                    here[int(m.client[v]), r.spell[0]].append(literal)
        for client in range(len(self.p.clients)):
            seen = []
            for carer in range(len(self.p.carers)):
                literals = here.get((client, carer), [])
                if kept[client, carer]:
                    met: Any = self.yes
                elif literals:
                    met = cp.new_bool_var("meets")
                    cp.add_max_equality(met, literals)
                    self.objective.append(int(m.pair_price[client, carer]) * met)
                else:
                    continue
                if not m.recent[client, carer]:
                    seen.append(met)
            recent = int(m.recent[client].sum())
            curve = [int(x) for x in m.curve[client]]
            self._curve(sum(seen) + recent + self.zero, curve)

    # -- the answer -------------------------------------------------------------------------------------------------

    def _hint(self) -> None:
        for v in self.movable:
            legs = self.before.of_visit(self.p.visits[v].id)
            self.cp.add_hint(self.planned[v], bool(legs))
            if legs:
                self.cp.add_hint(self.start[v], legs[0].start)
            for r in self.rounds:
                if v in r.visits:
                    self.cp.add_hint(r.visits[v], any(self._spell_of(leg) == r.spell for leg in legs))

    def solve(self, effort: float, seconds: float) -> Answer:
        self._hint()
        self.cp.minimize(sum(self.objective))
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = effort
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        status = solver.solve(self.cp)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(None, 0, 0, status == cp_model.INFEASIBLE, frozenset())
        legs = list(self.kept)
        for r in self.rounds:
            carer = r.spell[0]
            for v, literal in r.visits.items():
                if v not in self.start or not solver.value(literal):
                    continue
                second = (v, r.spell) in self.second and bool(solver.value(self.second[v, r.spell]))
                minutes = (
                    int(solver.value(self.minutes[v])) if self.m.double[v] else int(self.m.minutes[v, carer])
                )
                if self.m.second_minutes[v]:
                    minutes = int(self.m.second_minutes[v] if second else self.m.minutes[v, carer])
                legs.append(
                    Leg(
                        start=int(solver.value(self.start[v])),
                        carer=self.p.carers[carer].id,
                        visit=self.p.visits[v].id,
                        minutes=minutes,
                        second=second,
                    )
                )
        return Answer(
            rota=Rota(self.p.start, self.p.days, tuple(legs)),
            price=round(solver.objective_value),
            gap=round(solver.objective_value - solver.best_objective_bound),
            proven=status == cp_model.OPTIMAL,
            unallocated=frozenset(
                self.p.visits[v].id for v in self.movable if not solver.value(self.planned[v])
            ),
        )
