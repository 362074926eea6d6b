"""The paper on suggestions: what was clocked and said, what should change, and what the week would be then."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from scheduler.check import check
from scheduler.cost import cost
from scheduler.measures import MEASURES, measure
from scheduler.notes import Note
from scheduler.problem import Problem
from scheduler.report.document import Document, Section
from scheduler.report.table import COUNT, LONG, MEASURE, TEXT, Table, columns
from scheduler.report.words import labels, short_date
from scheduler.rota import Rota
from scheduler.suggest import RULE, Suggestion, What
from scheduler.units import clock, pounds, sixtieths

OPEN = "open"
_COLUMNS = ("suggestion", "decision", "by", "what", "where", "evidence")
_SHOWN = (
    "visits", "unallocated", "contact_minutes", "travel_minutes", "waiting_minutes", "distinct_carers_mean",
    "core_team_share", "new_faces", "minimum_wage_shortfalls",
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """The same days planned twice with the same budget: `before` as the tables are, `after` with the suggestions
    `taken`, each judged by its own problem."""

    taken: tuple[Suggestion, ...]
    problem: Problem
    before: Rota
    after_problem: Problem
    after: Rota
    budget: str


def decisions_csv(found: Sequence[Suggestion], decided: Mapping[str, str]) -> bytes:
    """One row a suggestion, to be decided in the column `decision` and handed in again."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for one in found:
        rows.writerow((one.id, decided.get(one.id, ""), "", one.change, one.where, " ".join(one.evidence)))
    return out.getvalue().encode("utf-8-sig")


def suggestion_summary(
    found: Sequence[Suggestion], decided: Mapping[str, str], effect: Effect | None, problem: Problem
) -> dict[str, Any]:
    """Counts, each suggestion, and the measures with and without what was taken."""
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "suggestions": [
            {"id": one.id, "now": one.now, "then": one.then, "decision": decided.get(one.id, OPEN)}
            for one in found
        ],
        "effect": None
        if effect is None
        else {
            "taken": [one.id for one in effect.taken],
            "budget": effect.budget,
            "without": _numbers(effect.before, effect.problem),
            "with": _numbers(effect.after, effect.after_problem),
            "broken_if_nothing_changes": _broken(effect),
        },
    }


def _numbers(rota: Rota, problem: Problem) -> dict[str, Any]:
    told = measure(rota, problem)
    return {name: told[name] for name in _SHOWN} | {"money_pence": cost(rota, problem).money}


def _broken(effect: Effect) -> int:
    """Hard findings of the rota that was planned without, if what was taken is true."""
    return len(check(effect.before, effect.after_problem).hard)


def suggestion_paper(
    found: Sequence[Suggestion],
    decided: Mapping[str, str],
    notes: Sequence[Note],
    effect: Effect | None,
    problem: Problem,
) -> Document:
    """Suggestions first, then the week with and without, then what was said, word for word."""
    sections = [Section("Suggestions", tables=(suggestions_table(found, decided, problem),), notes=(RULE,))]
    if effect is not None:
        sections.append(
            Section(
                "The week with and without", sentences=_effect_words(effect), tables=(_effect_table(effect),)
            )
        )
    if notes:
        sections.append(Section("What was said", tables=(notes_table(notes, problem),)))
    return Document(title="Suggestions", lead=_lead(found, decided, notes), sections=tuple(sections))


def _lead(found: Sequence[Suggestion], decided: Mapping[str, str], notes: Sequence[Note]) -> list[str]:
    if not found:
        return ["Nothing that was clocked or said is evidence enough to change the plan."]
    counts = {word: sum(decided.get(one.id) == word for one in found) for word in ("accept", "decline")}
    still = len(found) - sum(counts.values())
    said = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
    return [
        f"{len(found)} suggestion{'' if len(found) == 1 else 's'} from what was clocked and {said}: "
        f"{counts['accept']} accepted, {counts['decline']} declined, {still} open.",
        "Nothing was changed. Decide in suggestions.csv (accept or decline), hand it in with --decisions, and change "
        "the cells that it names.",
    ]


def suggestions_table(found: Sequence[Suggestion], decided: Mapping[str, str], problem: Problem) -> Table:
    """Every suggestion with its evidence and what was decided."""
    names = labels(problem.clients)
    rows = [
        (names[one.client], one.change, " ".join(one.evidence), _DECIDED[decided.get(one.id, "")], one.where)
        for one in found
    ]
    return Table(
        "Suggestions",
        "What should change, why, and where.",
        columns(
            ("Client", TEXT), ("What", LONG), ("Evidence", LONG), ("Decision", TEXT), ("Where to change it", LONG)
        ),
        rows,
    )  # fmt: skip


_DECIDED = {"": OPEN, "accept": "accepted", "decline": "declined"}


def notes_table(notes: Sequence[Note], problem: Problem) -> Table:
    """Everything that was said, newest first."""
    clients, carers = labels(problem.clients), labels(problem.carers)
    rows = [
        (
            short_date(problem.date_of(note.day)),
            clients[note.client],
            note.kind.value,
            note.voice.value,
            carers.get(note.carer, ""),
            note.minutes,
            "" if note.time is None else clock(note.time),
            note.text,
        )
        for note in sorted(notes, key=lambda note: -note.day)
    ]
    return Table(
        "Notes",
        "In the words of those who said it.",
        columns(
            ("When", TEXT), ("Client", TEXT), ("About", TEXT), ("Said by", TEXT), ("Carer", TEXT), ("Minutes", COUNT),
            ("Time", TEXT), ("Words", LONG),
        ),
        rows,
    )  # fmt: skip


def _effect_words(effect: Effect) -> list[str]:
    before, after = cost(effect.before, effect.problem), cost(effect.after, effect.after_problem)
    step = after.money - before.money
    left = [
        len(effect.before.unallocated(effect.problem)),
        len(effect.after.unallocated(effect.after_problem)),
    ]
    looks = sum(one.what is What.LOOK for one in effect.taken)
    told = [
        f"Planned again with {len(effect.taken)} of them and without, with the same budget ({effect.budget}): "
        f"{pounds(sixtieths(abs(step)))} {'more' if step >= 0 else 'less'} leaves the agency in these days, and "
        f"{left[1]} visits are unallocated instead of {left[0]}.",
    ]
    broken = _broken(effect)
    if broken:
        told.append(
            f"If they are right and nothing changes, the days as planned without them break a rule {broken} times: a "
            "carer cannot be there in time, or leaves early."
        )
    if looks:
        told.append(f"{looks} of them ask somebody to look, and change nothing here.")
    return told


def _effect_table(effect: Effect) -> Table:
    was, now = measure(effect.before, effect.problem), measure(effect.after, effect.after_problem)
    rows: list[tuple[Any, ...]] = [
        (one.name, was[one.name], now[one.name], now[one.name] - was[one.name], one.unit, one.doc)
        for one in MEASURES
        if one.name in _SHOWN
    ]
    return Table(
        "With and without",
        "The same measures of both plans.",
        columns(
            ("Measure", TEXT), ("Without", MEASURE), ("With", MEASURE), ("Difference", MEASURE), ("Unit", TEXT),
            ("What it counts", LONG),
        ),
        rows,
    )  # fmt: skip
