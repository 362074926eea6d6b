"""What was delivered beside what was planned: late, early, short, missed, who bore it, and the same measures of both.

A visit counts once for each carer who was to come. Groups have their number of visits beside every share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from scheduler.delivered import Actual, Delivery, Fault, delivered_rota, deliveries
from scheduler.measures import MEASURES, measure
from scheduler.problem import Problem
from scheduler.report.document import Document, Section, to_html
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.fairness.groups import ALWAYS, UNKNOWN, Grouping
from scheduler.report.folder import with_summary
from scheduler.report.html import number, percent
from scheduler.report.table import COUNT, LONG, MEASURE, MINUTES, SHARE, TEXT, Table, columns
from scheduler.report.words import at, labels
from scheduler.rota import Rota

_COUNTED = (Fault.MISSED, Fault.LATE, Fault.EARLY, Fault.SHORT, Fault.UNRECORDED, Fault.UNPLANNED)
_SAME = (
    "visits", "unallocated", "contact_minutes", "travel_minutes", "waiting_minutes", "distinct_carers_mean",
    "core_team_share", "short_visits", "minimum_wage_shortfalls", "minimum_wage_shortfall_pence",
)  # fmt: skip
_SHARES = columns(
    ("Planned", COUNT), ("Recorded", COUNT), ("Missed", COUNT), ("Late", COUNT), ("Early", COUNT), ("Short", COUNT),
    ("Missed share", SHARE), ("Late share", SHARE), ("Short share", SHARE), ("Minutes not given", MINUTES),
)  # fmt: skip
_WORST = (
    "Client", "Planned start", "Planned minutes", "Who came", "Minutes late", "Minutes given", "Minutes missing",
    "What",
)  # fmt: skip
_FEW = 20


def delivered_files(rota: Rota, actuals: Sequence[Actual], problem: Problem) -> dict[str, bytes]:
    """Name -> content: `delivered.html`, `delivered.xlsx`, `delivered.csv` (each planned carer at each visit) and
    `summary.json`."""
    found = deliveries(rota, actuals, problem)
    each = visits_table(found, problem)
    who = [by_client(found, problem), by_carer(found, problem), by_group(found, problem)]
    same = measures_table(rota, actuals, problem)
    files = {
        "delivered.html": to_html(_paper(found, who, each, same, problem), problem).encode(),
        "delivered.xlsx": to_xlsx([each, *who, same], problem),
        "delivered.csv": to_csv(each).encode("utf-8-sig"),
    }
    return with_summary(files, summary(found, rota, actuals, problem), "delivered")


def summary(
    found: Sequence[Delivery], rota: Rota, actuals: Sequence[Actual], problem: Problem
) -> dict[str, Any]:
    """Counts of all, by client and by carer; and the measures of plan and delivery."""
    clients, carers = _split(found, lambda one: one.visit.client), _split(found, lambda one: one.carer)
    planned, done = measure(rota, problem), measure(delivered_rota(actuals, problem), problem)
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "all": _counts(found),
        "clients": {id: _counts(own) for id, own in clients.items()},
        "carers": {id: _counts(own) for id, own in carers.items()},
        "planned": {name: planned[name] for name in _SAME},
        "delivered": {name: done[name] for name in _SAME},
    }


def _counts(found: Sequence[Delivery]) -> dict[str, int]:
    told = {fault.value.replace(" ", "_"): sum(fault in one.faults for one in found) for fault in _COUNTED}
    planned = sum(one.leg is not None for one in found)
    return {
        "planned": planned,
        "recorded": planned - told["not_recorded"],
        **told,
        "minutes_not_given": sum(one.missing for one in found),
    }


def _cells(found: Sequence[Delivery]) -> tuple[Any, ...]:
    """The columns of `_SHARES`; shares are of what was recorded."""
    told = _counts(found)
    known = told["recorded"]

    def share(name: str) -> float | None:
        return told[name] / known if known else None

    names = ("planned", "recorded", "missed", "late", "early", "short")
    shares = (share("missed"), share("late"), share("short"))
    return (*(told[name] for name in names), *shares, told["minutes_not_given"])


def _split(found: Sequence[Delivery], key: Callable[[Delivery], str]) -> dict[str, list[Delivery]]:
    groups: dict[str, list[Delivery]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _worst_first(rows: list[tuple[Any, ...]], at: int) -> list[tuple[Any, ...]]:
    """By minutes not given, then by what was missed and late."""
    return sorted(rows, key=lambda row: (-row[-1], -row[at + 2], -row[at + 3], row[at - 1]))


def by_client(found: Sequence[Delivery], problem: Problem) -> Table:
    """Who bore it: each client with a planned visit, the worst first."""
    names = labels(problem.clients)
    groups = _split([one for one in found if one.leg], lambda one: one.visit.client)
    rows = [(id, names[id], *_cells(own)) for id, own in groups.items()]
    note = "Each client, those first who were given least of what was planned."
    return Table(
        "By client", note, (*columns(("Id", TEXT), ("Client", TEXT)), *_SHARES), _worst_first(rows, 2)
    )


def by_carer(found: Sequence[Delivery], problem: Problem) -> Table:
    """Each carer who was to come or came. A round planned too tight makes anybody late."""
    names = labels(problem.carers)
    groups = _split(found, lambda one: one.carer)
    rows = [(id, names[id], *_cells(own)) for id, own in groups.items()]
    note = "Each carer. Where many are late on the same round, look at its travel times before its carer."
    return Table("By carer", note, (*columns(("Id", TEXT), ("Carer", TEXT)), *_SHARES), _worst_first(rows, 2))


def by_group(found: Sequence[Delivery], problem: Problem) -> Table:
    """Groups of clients that the agency records, and the parts of the day."""
    kinds: list[tuple[str, Callable[[Delivery], str]]] = [
        *((one.label, _client_in(one, problem)) for one in ALWAYS),
        ("Part of the day", lambda one: one.visit.part or UNKNOWN),
        ("Time-critical", lambda one: "yes" if one.visit.time_critical else "no"),
    ]
    planned = [one for one in found if one.leg]
    rows = [
        (kind, value, len({one.visit.client for one in own}), *_cells(own))
        for kind, key in kinds
        for value, own in sorted(_split(planned, key).items())
    ]
    note = "Shares are of recorded visits. Small groups differ by chance: look at the number of visits first."
    title = columns(("Group", TEXT), ("Value", TEXT), ("Clients", COUNT))
    return Table("By group", note, (*title, *_SHARES), rows)


def _client_in(grouping: Grouping, problem: Problem) -> Callable[[Delivery], str]:
    return lambda one: grouping.group_of(problem.client(one.visit.client))


def visits_table(found: Sequence[Delivery], problem: Problem) -> Table:
    """Every planned carer at every visit beside what was clocked, and visits that nobody had planned."""
    clients, carers = labels(problem.clients), labels(problem.carers)

    def row(one: Delivery) -> tuple[Any, ...]:
        leg, actual = one.leg, one.actual
        return (
            one.visit.id,
            clients[one.visit.client],
            carers[leg.carer] if leg else "",
            f"{at(leg.start, problem):%Y-%m-%d %H:%M}" if leg else "",
            leg.minutes if leg else None,
            carers[actual.carer] if actual and actual.start is not None else "",
            f"{at(actual.start, problem):%Y-%m-%d %H:%M}" if actual and actual.start is not None else "",
            actual.minutes if actual and actual.start is not None else None,
            one.off,
            one.missing if leg else None,
            ", ".join(fault.value for fault in _COUNTED if fault in one.faults),
        )

    return Table(
        "Visits",
        "Minutes late are below zero where the carer came early.",
        columns(
            ("Visit", TEXT), ("Client", TEXT), ("Planned carer", TEXT), ("Planned start", TEXT),
            ("Planned minutes", MINUTES), ("Who came", TEXT), ("Came at", TEXT), ("Minutes given", MINUTES),
            ("Minutes late", MINUTES), ("Minutes missing", MINUTES), ("What", TEXT),
        ),
        [row(one) for one in found],
    )  # fmt: skip


def measures_table(rota: Rota, actuals: Sequence[Actual], problem: Problem) -> Table:
    """The same measures of the plan and of what was delivered, by the same code."""
    planned, done = measure(rota, problem), measure(delivered_rota(actuals, problem), problem)
    rows = [
        (one.name, planned[one.name], done[one.name], one.unit, one.doc)
        for one in MEASURES
        if one.name in _SAME
    ]
    return Table(
        "Same measures",
        "Plan and delivery, counted alike. A visit of which nothing was recorded counts as unallocated here.",
        columns(
            ("Measure", TEXT),
            ("Planned", MEASURE),
            ("Delivered", MEASURE),
            ("Unit", TEXT),
            ("What it counts", LONG),
        ),
        rows,
    )


def _paper(
    found: Sequence[Delivery], who: Sequence[Table], each: Table, same: Table, problem: Problem
) -> Document:
    wrong = [row for row in each.rows if row[-1] and row[-1] not in (Fault.UNRECORDED, Fault.UNPLANNED)]
    wrong = sorted(wrong, key=lambda row: -(row[9] or 0))
    worst = Table("Visits", each.note, each.columns, wrong[:_FEW])
    note = f"The worst {_FEW} of {len(wrong)}; delivered.xlsx has every visit." if len(wrong) > _FEW else ""
    told = _counts(found)
    shown = ("Planned", "Recorded", "Missed", "Late", "Early", "Short", "Minutes not given")
    clients, carers, groups = who
    most = Table(clients.name, clients.note, clients.columns, clients.rows[:_FEW])
    return Document(
        "Delivered against planned",
        _lead(told, clients, problem),
        (
            Section("Who bore it", tables=(most.only("By client", "Client", *shown), groups)),
            Section("Carers", tables=(carers.only("By carer", "Carer", *shown),)),
            Section("Visits", tables=(worst.only("Visits", *_WORST),), notes=(note,) if note else ()),
            Section("The same measures of both", tables=(same,)),
        ),
        bad=bool(told["missed"]),
        footer=(
            f"Late and early: more than {problem.settings.told_tolerance} minutes off the planned start. Short: more "
            f"than {problem.settings.short_tolerance} minutes missing. Both are settings of the agency.",
        ),
    )


def _lead(told: dict[str, int], clients: Table, problem: Problem) -> list[str]:
    known, left = told["recorded"], told["not_recorded"]
    if not known:
        return ["Nothing was recorded of the planned visits."]
    said = [
        f"{number(known)} of {number(told['planned'])} planned visits (each carer counted) are recorded"
        + (f"; {number(left)} are not, and nothing is said of those." if left else "."),
        "Of the recorded visits: "
        + ", ".join(
            f"{number(told[what])} {what} ({percent(told[what] / known)})"
            for what in ("missed", "late", "early", "short")
        )
        + ".",
        f"{number(told['minutes_not_given'])} minutes that were planned were not given.",
    ]
    if clients.rows and clients.rows[0][-1]:
        worst = clients.rows[0]
        said.append(
            f"{worst[1]} bore most of it: {worst[-1]} minutes, {worst[4]} missed and {worst[5]} late visits."
        )
    if told["not_planned"]:
        said.append(f"{told['not_planned']} visits were done by a carer for whom they were not planned.")
    return said
