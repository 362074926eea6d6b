"""The comparison as sentences and tables. All prices are those of `cost`: what is told adds up to the difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from scheduler.check import check
from scheduler.cost import Cost, cost
from scheduler.measures import MEASURES, measure
from scheduler.problem import Problem
from scheduler.report.clients import ForClient, for_clients
from scheduler.report.compare.differences import Difference, What, differences
from scheduler.report.document import Document, Section
from scheduler.report.table import COUNT, LONG, MEASURE, MONEY, TEXT, Table, columns
from scheduler.report.words import at, labels, short_date
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding
from scheduler.units import clock, pence, pounds

NOBODY = "nobody"
NOT_ONE_CLIENT = "Not of one client (rounds, hours, carers)"
SENTENCES = 12
"""Clients told of in sentences: those for whom most is different. The table has everybody."""


def compare_paper(first: Rota, second: Rota, problem: Problem) -> Document:
    """In short, for whom, what it costs, and every visit that differs."""
    found = list(differences(first, second, problem))
    before, after = cost(first, problem), cost(second, problem)
    return Document(
        title="Two rotas",
        lead=_in_short(first, second, problem, found, before, after),
        sections=(
            Section(
                "For whom",
                points=_for_whom(first, second, problem, found),
                tables=(_clients(first, second, problem, found),),
            ),
            Section("What it costs", tables=(_rules(before, after), _by_client(before, after, problem))),
            Section("Measures", tables=(_measures(first, second, problem),)),
            Section("Every visit that differs", tables=(_visits(found, problem),)),
        ),
    )


def compare_summary(first: Rota, second: Rota, problem: Problem) -> dict[str, Any]:
    """The same numbers for `summary.json`: measures of both, counts of differences, and the prices."""
    found = list(differences(first, second, problem))
    before, after = cost(first, problem), cost(second, problem)
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "visits_different": len(found),
        "clients_different": len({one.visit.client for one in found}),
        "what": {str(what): sum(what in one.what for one in found) for what in What},
        "total_pence_more": pence(after.total_amount - before.total_amount),
        "money_pence_more": pence(after.money_amount - before.money_amount),
        "first": measure(first, problem),
        "second": measure(second, problem),
    }


# -- sentences --------------------------------------------------------------------------------------------------------


def _in_short(
    first: Rota, second: Rota, problem: Problem, found: list[Difference], before: Cost, after: Cost
) -> list[str]:
    if not found:
        return ["The two rotas are the same: every visit has the same carers, time and length."]
    clients = {one.visit.client for one in found}
    told = [
        f"{len(found)} of {len(problem.visits)} visits differ, of {len(clients)} clients: {_kinds(found)}.",
        _unallocated(len(first.unallocated(problem)), len(second.unallocated(problem))),
        _hard(len(check(first, problem).hard), len(check(second, problem).hard)),
        f"The second rota costs {_more(after.money_amount - before.money_amount)} money that leaves the agency, and "
        f"{_more(after.total_amount - before.total_amount)} with what we would pay to avoid the rest.",
    ]
    steps = sorted(_steps(before, after), key=lambda step: -abs(step[1]))[:3]
    if steps:
        what = "; ".join(f"{label.lower()} {_more(amount)}" for label, amount in steps)
        told.append(f"Most of that: {what}.")
    return told


def _kinds(found: list[Difference]) -> str:
    counts = Counter(what for one in found for what in one.what)
    return ", ".join(f"{counts[what]} {what}" for what in What if counts[what])


def _unallocated(before: int, after: int) -> str:
    if before == after:
        return f"Both leave {before} visits unallocated." if before else "Neither leaves a visit unallocated."
    return f"The second leaves {after} visits unallocated, the first {before}."


def _hard(before: int, after: int) -> str:
    if before == after == 0:
        return "Neither breaks a hard rule."
    return f"Hard findings: {before} in the first, {after} in the second."


def _more(amount: int) -> str:
    """'£3.50 more', '£3.50 less', 'the same'."""
    if pence(amount) == 0:
        return "the same"
    return f"{pounds(abs(amount))} {'more' if amount > 0 else 'less'}"


def _steps(before: Cost, after: Cost) -> list[tuple[str, int]]:
    was = {line.rule: line.price for line in before.lines}
    return [(line.label, line.price - was[line.rule]) for line in after.lines if line.price != was[line.rule]]


def _by_id(rota: Rota, problem: Problem) -> dict[str, ForClient]:
    return {one.client.id: one for one in for_clients(rota, problem)}


def _for_whom(first: Rota, second: Rota, problem: Problem, found: list[Difference]) -> list[str]:
    by_client: dict[str, list[Difference]] = defaultdict(list)
    for one in found:
        by_client[one.visit.client].append(one)
    names, was, now = labels(problem.clients), _by_id(first, problem), _by_id(second, problem)
    ranked = sorted(by_client, key=lambda id: (-len(by_client[id]), names[id]))
    told = [_of_client(names[id], by_client[id], was[id], now[id]) for id in ranked[:SENTENCES]]
    if len(ranked) > SENTENCES:
        told.append(f"And {len(ranked) - SENTENCES} more clients: the table has everybody.")
    return told


def _of_client(name: str, found: list[Difference], was: ForClient, now: ForClient) -> str:
    carers = f"sees {now.different} different carers"
    carers += f", {was.different} in the first" if was.different != now.different else " in both"
    new = [_new_faces(one) for one in (was, now)]
    faces = f"; new faces {new[1]}, {new[0]} in the first" if new[0] != new[1] else ""
    visits = "1 visit differs" if len(found) == 1 else f"{len(found)} visits differ"
    return f"{name}: {visits} ({_kinds(found)}); {carers}{faces}."


def _new_faces(one: ForClient) -> int:
    return one.carers.new_faces if one.carers else 0


# -- tables -----------------------------------------------------------------------------------------------------------


def _clients(first: Rota, second: Rota, problem: Problem, found: list[Difference]) -> Table:
    names, was, now = labels(problem.clients), _by_id(first, problem), _by_id(second, problem)
    counts = Counter(one.visit.client for one in found)
    rows = [
        (
            names[id], count, was[id].unallocated, now[id].unallocated, was[id].different, now[id].different,
            _new_faces(was[id]), _new_faces(now[id]),
        )
        for id, count in counts.most_common()
    ]  # fmt: skip
    return Table(
        "Clients",
        "Everybody for whom something is different.",
        columns(
            ("Client", TEXT), ("Visits that differ", COUNT), ("Unallocated, first", COUNT),
            ("Unallocated, second", COUNT), ("Different carers, first", COUNT), ("Different carers, second", COUNT),
            ("New faces, first", COUNT), ("New faces, second", COUNT),
        ),
        rows,
    )  # fmt: skip


def _rules(before: Cost, after: Cost) -> Table:
    was = {line.rule: line.price for line in before.lines}
    rows = [
        (
            line.label,
            "money" if line.money else "to avoid",
            was[line.rule],
            line.price,
            line.price - was[line.rule],
        )
        for line in after.lines
        if line.price or was[line.rule]
    ]
    total = (
        "Together",
        "",
        before.total_amount,
        after.total_amount,
        after.total_amount - before.total_amount,
    )
    return Table(
        "Cost by rule",
        "Money that leaves the agency, and what we would pay to avoid the rest.",
        columns(("Rule", TEXT), ("Kind", TEXT), ("First", MONEY), ("Second", MONEY), ("Difference", MONEY)),
        [*rows, total],
    )


def _by_client(before: Cost, after: Cost, problem: Problem) -> Table:
    names, was, now = labels(problem.clients), _prices(before), _prices(after)
    steps = {id: now[id] - was[id] for id in (*was, *now) if now[id] != was[id]}
    ranked = sorted(steps, key=lambda id: (id == "", -abs(steps[id])))
    rows = [(names.get(id, NOT_ONE_CLIENT), was[id], now[id], steps[id]) for id in ranked]
    return Table(
        "Cost by client",
        "What the rules put down to one client; the rest belongs to rounds and carers. Together it is the difference.",
        columns(("Client", TEXT), ("First", MONEY), ("Second", MONEY), ("Difference", MONEY)),
        rows,
    )


def _prices(told: Cost) -> Counter[str]:
    """Client id ('' for what is not of one client) -> the price of its findings."""
    found: Counter[str] = Counter()
    findings: list[Finding] = [finding for line in told.lines for finding in line.findings]
    for finding in findings:
        found[finding.client] += finding.price
    return found


def _measures(first: Rota, second: Rota, problem: Problem) -> Table:
    was, now = measure(first, problem), measure(second, problem)
    rows = [(m.name, was[m.name], now[m.name], now[m.name] - was[m.name], m.unit, m.doc) for m in MEASURES]
    return Table(
        "Measures",
        "The keys of summary.json.",
        columns(
            ("Measure", TEXT), ("First", MEASURE), ("Second", MEASURE), ("Difference", MEASURE), ("Unit", TEXT),
            ("What it counts", LONG),
        ),
        rows,
    )  # fmt: skip


def _visits(found: list[Difference], problem: Problem) -> Table:
    names, carers = labels(problem.clients), labels(problem.carers)

    def who(legs: tuple[Leg, ...]) -> str:
        if not legs:
            return NOBODY
        return f"{clock(legs[0].start)} {', '.join(carers[leg.carer] for leg in legs)}, {legs[0].minutes} min"

    rows = [
        (
            one.visit.id, names[one.visit.client], short_date(at(one.visit.preferred, problem).date()),
            who(one.before), who(one.after), ", ".join(what for what in What if what in one.what),
        )
        for one in found
    ]  # fmt: skip
    return Table(
        "Visits",
        "Each visit whose carers, time or length are not the same.",
        columns(
            ("Visit", TEXT),
            ("Client", TEXT),
            ("Day", TEXT),
            ("First", TEXT),
            ("Second", TEXT),
            ("What", TEXT),
        ),
        rows,
    )
