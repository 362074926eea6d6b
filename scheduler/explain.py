"""Why this carer, why this time, and for an unallocated visit: every carer's reason, and the cheapest single change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.check import check
from scheduler.domain import Carer, Relation, Visit
from scheduler.errors import CareroundError
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rounds import rounds
from scheduler.rules import RULES
from scheduler.units import WEEKDAYS, clock, hours, pounds
from scheduler.who_could import Change, Trial, best_trial, single_changes, trials

ALTERNATIVES = 3
"""Other carers whose price is worked out for a planned visit: each takes a whole check."""


@dataclass(frozen=True)
class Explanation:
    """Sentences about one thing, under its heading. `carers` has one sentence on each carer who was looked at;
    `change` is the cheapest single change that would place an unallocated visit."""

    heading: str
    sentences: tuple[str, ...]
    carers: Mapping[str, str] = field(default_factory=dict)
    change: Change | None = None

    def __str__(self) -> str:
        lines = [self.heading, *(f"  {sentence}" for sentence in self.sentences)]
        lines += [f"    - {sentence}" for sentence in self.carers.values()]
        return "\n".join(lines)


def explain(
    rota: Rota,
    problem: Problem,
    visit: str | None = None,
    client: str | None = None,
    carer: str | None = None,
    proofs: Mapping[str, str] | None = None,
) -> list[Explanation]:
    """Explain one visit, a client's visits, a carer's week or, if nothing is named, every unallocated visit.

    `proofs` (of `Result`) are added to the visits that they are about. Raises UnknownName for an id nobody has.
    """
    proofs = proofs or {}
    if visit is not None:
        return [_visit(problem.visit(visit), rota, problem, proofs, in_full=True)]
    if client is not None:
        problem.client(client)
        return [_visit(problem.visits[v], rota, problem, proofs) for v in problem.visits_of(client)]
    if carer is not None:
        return [_carer(problem.carer(carer), rota, problem)]
    return [_unallocated(v, rota, problem, proofs) for v in rota.unallocated(problem)]


def reasons(rota: Rota, problem: Problem, proofs: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Unallocated visit -> the sentences that say why, shortest story first (for the reports)."""
    told = explain(rota, problem, proofs=proofs)
    left = rota.unallocated(problem)
    return {visit.id: list(story.sentences) for visit, story in zip(left, told, strict=True)}


def _when(minute: int, problem: Problem) -> str:
    return f"{WEEKDAYS[problem.date_of(minute // 1440).weekday()]} {clock(minute)}"


def _heading(visit: Visit, problem: Problem) -> str:
    what = f"{visit.commissioned} minutes" + (", two carers" if visit.carers == 2 else "")
    return f"{visit.id}: {problem.client(visit.client).name}, {_when(visit.preferred, problem)}, {what}"


def _visit(
    visit: Visit, rota: Rota, problem: Problem, proofs: Mapping[str, str], in_full: bool = False
) -> Explanation:
    legs = rota.of_visit(visit.id)
    if not legs:
        return _unallocated(visit, rota, problem, proofs)
    sentences = [_why_carer(problem.carer(leg.carer), leg, visit, problem) for leg in legs]
    sentences.append(_why_time(legs[0], visit, problem))
    sentences += _touched(visit, rota, problem)
    others = _others(visit, rota, problem) if in_full else {}
    return Explanation(_heading(visit, problem), tuple(sentences), others)


# -- planned visits -------------------------------------------------------------------------------------------------


def _why_carer(carer: Carer, leg: Leg, visit: Visit, problem: Problem) -> str:
    client = problem.client(visit.client)
    facts = []
    relation = problem.relation(client.id, carer.id)
    if relation in (Relation.PREFER, Relation.ONLY):
        facts.append(f"{client.name} asked for {carer.name}")
    times = problem.past_visits[client.id][carer.id]
    facts.append(f"has visited {times} times before" if times else f"is new to {client.name}")
    shared = sorted(client.interests & carer.interests) + sorted(client.languages & carer.languages)
    if shared:
        facts.append(f"shares {', '.join(shared)}")
    if visit.skills:
        facts.append(f"has the skills {', '.join(sorted(visit.skills))}")
    role = "helps" if leg.second else "comes"
    return f"{carer.name} {role} at {_when(leg.start, problem)} for {leg.minutes} minutes: {'; '.join(facts)}."


def _why_time(leg: Leg, visit: Visit, problem: Problem) -> str:
    off = leg.start - visit.preferred
    window = f"the window is {clock(visit.earliest)}-{clock(visit.latest)}"
    if off == 0:
        return f"It starts at the preferred time; {window}."
    return f"It starts {hours(abs(off))} {'later' if off > 0 else 'earlier'} than preferred; {window}."


def _touched(visit: Visit, rota: Rota, problem: Problem) -> list[str]:
    """What the rules say about this visit alone."""
    found = [finding for finding in check(rota, problem).findings if finding.visit == visit.id]
    return [
        f"{finding.sentence}" + (f" ({pounds(finding.price)})" if finding.price else "") for finding in found
    ]


def _others(visit: Visit, rota: Rota, problem: Problem) -> dict[str, str]:
    """One sentence on every carer who does not come: what stands in the way, or what it would cost instead."""
    coming = {leg.carer for leg in rota.of_visit(visit.id)}
    total = check(rota, problem).total
    free: list[tuple[Carer, Trial]] = []
    told: dict[str, str] = {}
    for id, tried in trials(visit, rota, problem).items():
        if id in coming:
            continue
        best = best_trial(tried, visit)
        if best.free:
            free.append((problem.carer(id), best))
        else:
            told[id] = _reason(problem.carer(id), best, problem)
    free.sort(key=lambda item: abs(item[1].start - visit.preferred))
    for carer, trial in free:
        told[carer.id] = f"{carer.name} could come at {_when(trial.start, problem)}."
    for carer, trial in free[:ALTERNATIVES] if visit.carers == 1 else ():
        leg = Leg(trial.start, carer.id, visit.id, trial.minutes)
        other = check(rota.without([visit.id]).with_legs([leg]), problem).total
        more = f"{pounds(abs(other - total))} {'more' if other >= total else 'less'} in all"
        told[carer.id] = f"{carer.name} could come at {_when(trial.start, problem)} instead: {more}."
    return told


def _reason(carer: Carer, trial: Trial, problem: Problem) -> str:
    broken = " ".join(dict.fromkeys(finding.sentence for finding in trial.broken))
    return f"{carer.name} (at {_when(trial.start, problem)}): {broken}"


# -- unallocated visits ---------------------------------------------------------------------------------------------


def _unallocated(visit: Visit, rota: Rota, problem: Problem, proofs: Mapping[str, str]) -> Explanation:
    tried = trials(visit, rota, problem)
    within = {
        id: best_trial(tuple(t for t in found if visit.earliest <= t.start <= visit.latest) or found, visit)
        for id, found in tried.items()
    }
    free = [trial for trial in within.values() if trial.free]
    sentences = [_count(visit, within, free)]
    changes = single_changes(visit, tried)
    if changes:
        sentences.append(_change_sentence(changes[0], visit, problem))
    else:
        sentences.append("No single change would place it: it takes a new carer, a new spell, or a talk with the client.")
    if visit.id in proofs:
        sentences.append(proofs[visit.id])
    told = {id: _reason(problem.carer(id), trial, problem) for id, trial in within.items() if not trial.free}
    told |= {trial.carer.id: f"{trial.carer.name} is free at {_when(trial.start, problem)}." for trial in free}
    return Explanation(_heading(visit, problem) + " - unallocated", tuple(sentences), told, next(iter(changes), None))


def _count(visit: Visit, within: Mapping[str, Trial], free: list[Trial]) -> str:
    """'Of 24 carers, 12 ...' by rule: each carer counts once, under the first rule that stands in the way."""
    labels = {rule.name: rule.label.lower() for rule in RULES}
    counts = Counter(labels[trial.broken[0].rule] for trial in within.values() if not trial.free)
    why = ", ".join(f"{count} by {label}" for label, count in counts.most_common())
    story = f"Of {len(within)} carers, {len(within) - len(free)} are held back: {why}." if counts else ""
    if visit.carers == 2 and free:
        names = ", ".join(sorted(trial.carer.name for trial in free))
        story += f" It takes two at the same time; {names} could each come, but no two of them together."
    if not within:
        story = "There are no carers."
    return story.strip()


def _change_sentence(change: Change, visit: Visit, problem: Problem) -> str:
    names = " and ".join(trial.carer.name for trial in change.trials)
    when = _when(change.trials[0].start, problem)
    if not change.sentence:
        return f"It could be placed as things are: {names} at {when}."
    return f"Cheapest single change: {change.sentence}; then {names} could come at {when}."


def named(visit: str | None, client: str | None, carer: str | None) -> None:
    """Refuse more than one of the three."""
    if sum(x is not None for x in (visit, client, carer)) > 1:
        raise CareroundError("Name one visit, one client or one carer to explain, not several.")


def _carer(carer: Carer, rota: Rota, problem: Problem) -> Explanation:
    own = [round for round in rounds(rota, problem) if round.carer.id == carer.id]
    sentences = []
    for round in own:
        names = ", ".join(
            f"{clock(stop.leg.start)} {problem.client(stop.visit.client).name}" for stop in round.stops
        )
        sentences.append(
            f"{_when(round.start, problem)}-{clock(round.end)}: {names} (contact {hours(round.contact)}, "
            f"travel {hours(round.travel)}, waiting {hours(round.waiting)})."
        )
    found = [finding for finding in check(rota, problem).findings if finding.carer == carer.id and not finding.visit]
    sentences += [
        finding.sentence + (f" ({pounds(finding.price)})" if finding.price else "") for finding in found
    ]
    return Explanation(f"{carer.id}: {carer.name}, {len(own)} rounds", tuple(sentences))
