"""The single changes that would place a visit, the one that is easiest for people first. Each of them was tried: with
it nothing else stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import merge
from itertools import combinations, islice, permutations

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding
from scheduler.units import WEEKDAYS, clock
from scheduler.who_could.around import Around, Stage
from scheduler.who_could.corner import BY_NAME
from scheduler.who_could.trials import BEYOND, Trial

MOVE = 1
"""Effort of moving another visit within all rules: nobody has to agree to it."""
GIVE = 2
"""Effort of giving another visit to another carer within all rules: its client is told of a change."""
OUT_OF_TIME = 35
"""How much harder it is to let a time-critical visit start outside its window: first a longer shift is asked for."""
MOVES = 12
"""Trials for which another visit is moved out of the way: those that lack least."""

Group = tuple[Trial, ...]
"""One carer at the visit or two at the same start, the leading one first."""


@dataclass(frozen=True, slots=True)
class Change:
    """A single change that would place the visit: half a sentence, empty where it could be placed as things are, and
    how hard it is for people (lower: easier). `trials`: who would then come, the leading carer first, as `legs`.
    `moved` are the legs of another visit that is moved or given away; `broken` what stands in the way unless the
    problem is changed (`applied`)."""

    sentence: str
    effort: int
    trials: Group
    legs: tuple[Leg, ...]
    moved: tuple[Leg, ...] = ()
    broken: tuple[Finding, ...] = ()


def single_changes(
    visit: Visit, tried: Mapping[str, Iterable[Trial]], rota: Rota, problem: Problem
) -> Iterator[Change]:
    """Single changes that would place the visit, easiest first; `tried` is what `trials` found."""
    around = Around(visit, rota, problem)
    groups = sorted(_groups(visit, tried), key=lambda group: _order(group, around))
    told: set[str] = set()
    kinds = _cures(groups, around), _moves(groups, around), _eased(groups, around)
    for change in merge(*kinds, key=lambda change: change.effort):
        if change.sentence not in told:
            told.add(change.sentence)
            yield change


def _groups(visit: Visit, tried: Mapping[str, Iterable[Trial]]) -> Iterator[Group]:
    """Carers who could come together if at most one thing were mended."""
    by_start: dict[int, list[Trial]] = defaultdict(list)
    for trials in tried.values():
        for trial in trials:
            if len(trial.broken) <= 1:
                by_start[trial.start].append(trial)
    for able in by_start.values():
        if visit.carers == 1:
            yield from ((trial,) for trial in able)
            continue
        pairs = permutations(able, 2) if visit.together else combinations(able, 2)
        for lead, helper in pairs:
            if lead.carer is not helper.carer and not lead.second and len(_findings((lead, helper))) <= 1:
                yield lead, helper


def _findings(group: Group) -> dict[str, Finding]:
    """Cure -> what it cures."""
    return {finding.cure: finding for trial in group for finding in trial.broken}


def _order(group: Group, around: Around) -> tuple[object, ...]:
    """Easy for people first; then what lacks least, known faces, near the preferred start."""
    visit, problem = around.visit, around.problem
    start = group[0].start
    return (
        _effort(group, visit),
        max((finding.amount for finding in _findings(group).values()), default=0),
        sum(not problem.knows(visit.client, trial.carer.id) for trial in group),
        abs(start - visit.preferred),
        start,
        [trial.carer.id for trial in group],
    )


def _effort(group: Group, visit: Visit) -> int:
    """Of the one thing that is in the way; 0 where nothing is."""
    efforts = [BY_NAME[finding.rule].effort or 0 for finding in _findings(group).values()]
    return max(efforts, default=0) + _out_of_time(visit, group[0].start)


def _out_of_time(visit: Visit, start: int) -> int:
    return OUT_OF_TIME if visit.time_critical and not visit.earliest <= start <= visit.latest else 0


def _legs(group: Group, visit: Visit) -> list[Leg]:
    """The visit as this group would do it: two who stay to the end stay as long as the one who needs longer."""
    lead, *helpers = group
    minutes = lead.minutes if visit.together else max(trial.minutes for trial in group)
    legs = [Leg(lead.start, lead.carer.id, visit.id, minutes)]
    legs += [
        Leg(lead.start, helper.carer.id, visit.id, visit.together or minutes, second=True)
        for helper in helpers
    ]
    return legs


# -- what is mended where the rule says so --------------------------------------------------------------------------


def _cures(groups: Iterable[Group], around: Around) -> Iterator[Change]:
    """Changes in the words of the rule that is in the way."""
    for group in groups:
        in_the_way = next(iter(_findings(group).values()), None)
        if in_the_way is not None and not _curable(in_the_way, group, around.visit):
            continue
        broken = around.all_broken(_legs(group, around.visit))
        cures = {(finding.rule, finding.cure) for finding in broken}
        if in_the_way is None and not broken:
            yield Change("", 0, group, tuple(_legs(group, around.visit)))
        elif in_the_way is not None and [rule for rule, _ in cures] == [in_the_way.rule]:
            legs = tuple(_legs(group, around.visit))
            yield Change(broken[0].cure, _effort(group, around.visit), group, legs, (), broken)


def _curable(finding: Finding, group: Group, visit: Visit) -> bool:
    """May somebody change what the rule stands on? A property of this visit and the carer: yes. Too much work for the
    carer: yes, somebody else may do some of it. But where this visit and another are in each other's way,
    starting at another time is another trial, and moving the other one is another kind of change."""
    if BY_NAME[finding.rule].effort is None:
        return False
    alone = any(trial.stage is Stage.ALONE for trial in group)
    return finding.visit == visit.id if alone else finding.visit == ""


def _eased(groups: Iterable[Group], around: Around) -> list[Change]:
    """Changes that find a few minutes on the way."""
    found = []
    for group in groups:
        in_the_way = list(_findings(group).values())
        if len(in_the_way) == 1 and 0 < in_the_way[0].amount <= BY_NAME[in_the_way[0].rule].eased_by:
            legs = tuple(_legs(group, around.visit))
            broken = around.all_broken(legs)
            if {finding.rule for finding in broken} == {in_the_way[0].rule} and len(broken) == 1:
                finding = broken[0]
                why = finding.sentence.rstrip(".")
                sentence = f"find {finding.amount} min on the way, by another road or nearer parking ({why})"
                found.append(Change(sentence, _effort(group, around.visit), group, legs, (), broken))
    return sorted(found, key=lambda change: change.effort)


# -- what is mended by moving another visit -------------------------------------------------------------------------


def _moves(groups: Iterable[Group], around: Around) -> list[Change]:
    """Changes that move another visit, which then may break one rule of its own, such as its window."""
    short = sorted(
        (finding.amount, i, group, finding)
        for i, group in enumerate(groups)
        for finding in _findings(group).values()
        if _movable(finding, group)
    )
    found: list[Change] = []
    for amount, _, group, finding in short[:MOVES]:
        for other in _others(finding, group, around):
            for by in (amount, -amount):
                found += _moved(other, by, group, around)
            found += islice(_given(other, group, around), 1)
    return sorted(found, key=lambda change: change.effort)


def _movable(finding: Finding, group: Group) -> bool:
    alone = any(trial.stage is Stage.ALONE for trial in group)
    return bool(
        finding.visit and not alone and finding.amount <= BEYOND and BY_NAME[finding.rule].effort is not None
    )


def _others(finding: Finding, group: Group, around: Around) -> list[str]:
    """The visits that may be what is in the way: the one that the rule names or, if that is this one, what the carer
    does before it and what is linked with it."""
    if finding.visit != around.visit.id:
        return [finding.visit]
    before = [leg.visit for leg in around.legs_of_day(finding.carer) if leg.start <= group[0].start]
    return list(dict.fromkeys([*before[-1:], *(leg.visit for leg in around.linked)]))


def _moved(other: str, by: int, group: Group, around: Around) -> Iterator[Change]:
    """The change, if moving the other visit by so many minutes makes room."""
    problem = around.problem
    before = around.rota.of_visit(other)
    after = [replace(leg, start=leg.start + by) for leg in before]
    broken = around.all_broken(_legs(group, around.visit), after)
    day = WEEKDAYS[problem.date_of(problem.visit(other).day).weekday()]
    name = problem.client(problem.visit(other).client).name
    sentence = f"move the visit to {name} on {day} from {clock(before[0].start)} to {clock(after[0].start)}"
    legs = tuple(_legs(group, around.visit))
    if not broken:
        yield Change(sentence, MOVE, group, legs, tuple(after))
    elif len({finding.cure for finding in broken}) == 1 and _of_its_own(broken[0], other, after, around):
        own = (BY_NAME[broken[0].rule].effort or 0) + _out_of_time(problem.visit(other), after[0].start)
        effort = max(_effort(group, around.visit), own)
        why = broken[0].sentence.rstrip(".")
        critical = "; it is time-critical, so ask whoever wrote the care plan" if own > OUT_OF_TIME else ""
        agreed = f"{sentence}, which somebody must agree to ({why}{critical})"
        yield Change(agreed, effort, group, legs, tuple(after), broken)


def _given(other: str, group: Group, around: Around) -> Iterator[Change]:
    """The change, if another carer can do the other visit at its time: first those whom its client knows."""
    problem = around.problem
    before = around.rota.of_visit(other)
    busy = {leg.carer for leg in before} | {trial.carer.id for trial in group}
    gone = next((leg for leg in before if leg.carer in {trial.carer.id for trial in group}), None)
    if gone is None:
        return
    visit = problem.visit(other)
    beside = Around(visit, around.rota.with_legs(_legs(group, around.visit)), problem)
    for carer in sorted(problem.carers, key=lambda carer: not problem.knows(visit.client, carer.id)):
        if carer.id in busy or beside.of_pair(carer.id):
            continue
        taken = replace(gone, carer=carer.id, minutes=max(gone.minutes, beside.least_minutes(carer.id)))
        after = [taken if leg is gone else leg for leg in before]
        if not around.all_broken(_legs(group, around.visit), after):
            name, day = problem.client(visit.client).name, WEEKDAYS[problem.date_of(visit.day).weekday()]
            sentence = (
                f"give the visit to {name} on {day} at {clock(gone.start)} to {carer.name} instead of "
                f"{problem.carer(gone.carer).name}"
            )
            yield Change(sentence, GIVE, group, tuple(_legs(group, around.visit)), tuple(after))


def _of_its_own(finding: Finding, visit: str, legs: list[Leg], around: Around) -> bool:
    """Does the finding stand on that visit alone, and may somebody change what it stands on?"""
    rule, problem = BY_NAME[finding.rule], around.problem
    alone = Rota(problem.start, problem.days, tuple(legs))
    return (
        finding.visit == visit
        and rule.effort is not None
        and any(
            found.visit == visit and found.amount == finding.amount for found in rule.findings(alone, problem)
        )
    )
