"""Explanations as a paper: what stands in the way, the cheapest changes, and each story in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from scheduler.explain import Explanation
from scheduler.problem import Problem
from scheduler.report.document import Document, Section, to_html
from scheduler.report.export import to_xlsx
from scheduler.report.folder import with_summary
from scheduler.report.html import number
from scheduler.report.table import COUNT, LONG, TEXT, Table, columns
from scheduler.rules import RULES

NO_CHANGE = "no single change that was tried"
AS_IT_IS = "could be placed as things are"


def explain_files(stories: Sequence[Explanation], problem: Problem) -> dict[str, bytes]:
    """Name -> content: `explain.html`, `explain.xlsx` and `summary.json` of these explanations."""
    tables = [_in_the_way(stories), _changes(stories), _sentences(stories)]
    files = {
        "explain.html": to_html(explain_paper(stories, problem), problem).encode(),
        "explain.xlsx": to_xlsx(tables, problem),
    }
    return with_summary(files, explain_summary(stories, problem), "explain")


def explain_paper(stories: Sequence[Explanation], problem: Problem) -> Document:
    """In short, what stands in the way of how many, the cheapest changes, and every story."""
    told = explain_summary(stories, problem)
    left, more = told["unallocated"], told["explained"] - told["unallocated"]
    lead = [] if stories else ["There is nothing to explain here."]
    if left:
        lead.append(f"Visits without anybody: {number(left)}.")
        lead.append(
            f"Of them could be placed as things are: {number(told['as_things_are'])}; with one single change: "
            f"{number(told['with_a_change'])}."
        )
    if more:
        lead.append(f"Explained besides: {number(more)}." if left else f"Explained here: {number(more)}.")
    sums = Section("What stands in the way", tables=(_in_the_way(stories), _changes(stories)))
    return Document(
        title="Why",
        lead=lead,
        sections=(
            *((sums,) if left else ()),
            *(Section(one.title, points=(*one.sentences, *one.carers.values())) for one in stories),
        ),
        bad=bool(left),
    )


def explain_summary(stories: Sequence[Explanation], problem: Problem) -> dict[str, Any]:
    """The numbers: `held_back` counts carers of unallocated visits by the first rule in their way, once a visit."""
    left = _left(stories)
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "explained": len(stories),
        "unallocated": len(left),
        "as_things_are": sum(one.change is not None and not one.change.sentence for one in left),
        "with_a_change": sum(one.change is not None and bool(one.change.sentence) for one in left),
        "held_back": dict(sum((Counter(one.held_back) for one in left), Counter[str]())),
    }


def _left(stories: Sequence[Explanation]) -> list[Explanation]:
    """The stories of unallocated visits."""
    return [one for one in stories if one.unallocated]


def _in_the_way(stories: Sequence[Explanation]) -> Table:
    labels = {rule.name: rule.label for rule in RULES}
    carers: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    for one in _left(stories):
        carers.update(one.held_back)
        visits.update(one.held_back.keys())
    return Table(
        "In the way",
        "Each carer counts once a visit, under the first rule that stands in the way.",
        columns(("Rule", TEXT), ("Visits", COUNT), ("Carers, over all visits", COUNT)),
        [(labels[rule], visits[rule], count) for rule, count in carers.most_common()],
    )


def _changes(stories: Sequence[Explanation]) -> Table:
    return Table(
        "Cheapest changes",
        "For each unallocated visit the single change that is easiest for people.",
        columns(("Visit", TEXT), ("Change", LONG), ("Who could come then", TEXT)),
        [(one.heading, *_change(one)) for one in _left(stories)],
    )


def _change(one: Explanation) -> tuple[str, str]:
    if one.change is None:
        return NO_CHANGE, ""
    return one.change.sentence or AS_IT_IS, " and ".join(trial.carer.name for trial in one.change.trials)


def _sentences(stories: Sequence[Explanation]) -> Table:
    return Table(
        "Sentences",
        "Every sentence of every explanation.",
        columns(("About", TEXT), ("Sentence", LONG)),
        [(one.title, sentence) for one in stories for sentence in (*one.sentences, *one.carers.values())],
    )
