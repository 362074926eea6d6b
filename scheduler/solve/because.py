"""The sentences that say what CP-SAT knows of a visit that nobody does."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.problem import Problem
from scheduler.rules import rule
from scheduler.solve.core import Reasons
from scheduler.solve.nearby import Corner
from scheduler.units import clock, end_clock


def because(corner: Corner, reasons: Reasons) -> str:
    """All reasons of a minimal set by name, none left out."""
    problem, visit = corner.problem, corner.problem.visit(corner.visit)
    names = [problem.carer(id).name for id in corner.carers]
    sentence = (
        f"Proved by CP-SAT with {_rounds(names, corner.is_held)} free to change and nothing else: no room"
    )
    if visit.carers == 2:
        sentence += " for two carers"
    if reasons.shifts:
        sentence += f" within the shifts of {_listed(_shift(corner, id) for id in sorted(reasons.shifts))}"
    if reasons.visits:
        others = sorted(reasons.visits, key=lambda id: (problem.visit(id).preferred, id))
        sentence += f" beside {_listed(_visit(problem, id) for id in others)}"
    labels = [rule(name).label for name in sorted(reasons.rules)]
    if labels:
        sentence += f", by {'this rule' if len(labels) == 1 else 'these rules'}: {'; '.join(labels)}"
    if not (reasons.rules or reasons.visits or reasons.shifts):
        return f"{sentence}."
    if not reasons.needed:
        return f"{sentence}. (In the time given it is not known whether each of these reasons is needed.)"
    return f"{sentence}. Without any one of these reasons there would be."


def left_out(names: list[str], held: bool, itself: bool) -> str:
    """What the cheapest plan of these carers' rounds says. That is no proof of no room: room may be too dear. `held`:
    something is locked or frozen; `itself`: it is this visit that is left out."""
    told = "nothing costs less than leaving it out" if itself else "another visit would be left out instead"
    return f"Proved by CP-SAT: with {_rounds(names, held)} rearranged at the best, {told}."


def too_dear(names: list[str], held: bool) -> str:
    """There is a plan with every visit, and none is cheaper than one without."""
    return (
        f"Proved by CP-SAT: {_rounds(names, held)} could make room for it, but any such plan costs at least as much as "
        "one that leaves a visit out."
    )


def not_settled(names: list[str]) -> str:
    """Neither a place nor a proof that holds."""
    return f"Rearranging {_rounds(names)} was tried and made no room; that there is none is not proved."


def _rounds(names: Iterable[str], held: bool = False) -> str:
    kept = ", but for what is locked or frozen," if held else ""
    return f"the rounds of {_listed(names)} on that day{kept}"


def _shift(corner: Corner, carer: str) -> str:
    """'Aled (07:00-14:00)': the shifts of that day."""
    shifts = [shift for shift in corner.problem.shifts_of(carer) if shift.day == corner.day]
    spells = ", ".join(f"{clock(shift.start)}-{end_clock(shift.end)}" for shift in shifts)
    return f"{corner.problem.carer(carer).name} ({spells})" if spells else corner.problem.carer(carer).name


def _visit(problem: Problem, id: str) -> str:
    """'Mary's visit at 08:00'."""
    visit = problem.visit(id)
    return f"{problem.client(visit.client).name}'s visit at {clock(visit.preferred)}"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
