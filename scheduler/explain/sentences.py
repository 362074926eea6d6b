"""The sentences of explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.domain import Carer, Client, Relation, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg
from scheduler.rounds import Round
from scheduler.rules import RULES
from scheduler.rules.base import Finding
from scheduler.units import DAY, WEEKDAYS, clock, end_clock, hours, pounds
from scheduler.who_could import Change, Trial

NAMES = 5
"""So many names are told in one sentence."""


def heading(visit: Visit, problem: Problem) -> str:
    what = f"{visit.commissioned} minutes" + (", two carers" if visit.carers == 2 else "")
    when = f"{day_of(visit.preferred, problem)} {clock(visit.preferred)}"
    return f"{visit.id}: {problem.client(visit.client).name}, {when}, {what}"


def day_of(minute: int, problem: Problem) -> str:
    return WEEKDAYS[problem.date_of(minute // DAY).weekday()]


def when(minute: int, problem: Problem) -> str:
    return f"on {day_of(minute, problem)} at {clock(minute)}"


def why_carer(leg: Leg, visit: Visit, problem: Problem) -> str:
    carer, client = problem.carer(leg.carer), problem.client(visit.client)
    facts = [*relation(client, carer, problem), known(problem.past_visits[client.id][carer.id], client)]
    skills = sorted(visit.skills & carer.skills)
    facts += [f"has the skill{'s' if len(skills) > 1 else ''} {listed(skills)}"] if skills else []
    role = "helps" if leg.second else "comes"
    return f"{carer.name} {role} {when(leg.start, problem)} for {leg.minutes} minutes: {'; '.join(facts)}."


def relation(client: Client, carer: Carer, problem: Problem) -> Iterable[str]:
    tie = problem.ties_by_pair.get((client.id, carer.id))
    told = {
        Relation.PREFER: f"{client.name} would like {carer.name} to come",
        Relation.ONLY: f"is among the few who may be sent to {client.name}",
        Relation.NEVER: f"should never be sent to {client.name}",
    }
    if tie is not None:
        yield told[tie.relation] + (f" ({tie.reason.rstrip('.')})" if tie.reason else "")


def known(times: int, client: Client) -> str:
    if times == 0:
        return f"is new to {client.name}"
    return f"has visited {client.name} {'once' if times == 1 else f'{times} times'} before"


def why_time(leg: Leg, visit: Visit) -> str:
    off = leg.start - visit.preferred
    window = f"it may start from {clock(visit.earliest)} to {clock(visit.latest)}"
    if off == 0:
        return f"It starts at the preferred time; {window}."
    return f"It starts {hours(abs(off))} {'later' if off > 0 else 'earlier'} than preferred; {window}."


def priced(finding: Finding) -> str:
    return finding.sentence + (f" ({pounds(finding.price)})" if finding.price else "")


def round_in_words(round: Round, problem: Problem) -> str:
    names = ", ".join(f"{clock(s.leg.start)} {problem.client(s.visit.client).name}" for s in round.stops)
    times = {"with clients": round.contact, "travel": round.travel, "waiting": round.waiting}
    spent = ", ".join(f"{hours(minutes)} {what}" for what, minutes in times.items() if minutes)
    return f"{day_of(round.start, problem)} {clock(round.start)}-{end_clock(round.end)}: {names} ({spent})."


def could(trial: Trial, problem: Problem) -> str:
    return f"{trial.carer.name} could {'help' if trial.second else 'come'} {when(trial.start, problem)}"


def more_or_less(amount: int) -> str:
    return f"{pounds(abs(amount))} {'more' if amount > 0 else 'less'}" if amount else "the same price"


def held_back(trial: Trial, problem: Problem) -> str:
    broken = " ".join(dict.fromkeys(finding.sentence for finding in trial.broken))
    return f"{trial.carer.name}, if planned {when(trial.start, problem)}: {broken}"


def who_can(visit: Visit, carers: int, free: Sequence[Trial], together: bool) -> str:
    if not carers:
        return "There are no carers."
    none = "the only carer there is cannot come" if carers == 1 else f"none of the {carers} carers can come"
    some = f"{len(free)} of {carers} carers could come"
    names = listed(sorted(trial.carer.name for trial in free))
    if visit.carers == 1:
        return f"{some}: {names}." if free else f"{none[0].upper()}{none[1:]}."
    if not free:
        return f"It takes two carers at the same time, and {none}."
    if len(free) == 1:
        return f"It takes two carers at the same time, and only 1 of {carers} could come: {names}."
    apart = "" if together else ", but no two of them together"
    return f"It takes two carers at the same time; {some}{apart}: {names}."


def what_holds_back(held_back: Counter[str], others: bool) -> str:
    """Each carer counts once, under the first rule that stands in the way."""
    labels = {rule.name: rule.label for rule in RULES}
    counts = [f"{labels[rule].lower()} ({count(n, 'carer')})" for rule, n in held_back.most_common()]
    return (
        f"What stands in the way{' of the others' if others else ''}: {', '.join(counts)}." if counts else ""
    )


HELD = "(Something is locked or frozen: carers and changes are named as if it were not, and only a proof knows of it.)"
"""After reasons of a plan with locks or a freeze."""


def what_to_do(change: Change | None, visit: Visit, problem: Problem) -> str:
    if change is None:
        return (
            "No single change that was tried would place it (another time, a longer shift or an extra spell, training, "
            "less travel, moving one other visit or giving it to another carer): it takes more than one, a new carer, "
            "or a talk with the client."
        )
    names = listed([trial.carer.name for trial in change.trials])
    could = f"{names} could come {when(change.trials[0].start, problem)}"
    if not change.sentence:
        return f"It could be placed as things are: {could}."
    inside = visit.earliest <= change.trials[0].start <= visit.latest
    beware = (
        ""
        if inside or not visit.time_critical
        else " But it is time-critical: ask whoever wrote the care plan."
    )
    return f"Cheapest single change: {change.sentence}; then {could}.{beware}"


def listed(words: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C', 'A, B, C, D and 7 others'."""
    if len(words) > NAMES:
        words = [*words[: NAMES - 1], f"{len(words) - NAMES + 1} others"]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
