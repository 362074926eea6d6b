"""The tables of the plan, each a list of rows that workbook, CSV and page share.

Those of people are in `clients.py` and `carers.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.check import Report
from scheduler.cost import Cost
from scheduler.measures import MEASURES
from scheduler.problem import Problem
from scheduler.report.table import COUNT, LONG, MEASURE, MINUTES, MONEY, TEXT, Table, columns
from scheduler.report.words import at, labels, short_date, weekday
from scheduler.rota import Rota
from scheduler.rules import RULES, Finding, Level
from scheduler.units import clock


def rota_table(rota: Rota, problem: Problem) -> Table:
    """One row a carer at a visit. The first five columns are what `careround check` reads back; the others are for
    people."""
    clients, carers = labels(problem.clients), labels(problem.carers)
    rows = [
        (
            leg.visit,
            leg.carer,
            f"{(start := at(leg.start, problem)):%Y-%m-%d %H:%M}",
            leg.minutes,
            "yes" if leg.second else "no",
            clients[problem.visit(leg.visit).client],
            carers[leg.carer],
            weekday(start.date()),
        )
        for leg in rota.legs
    ]
    return Table(
        "Rota",
        "One row for each carer at each visit. This sheet can be changed and read back: careround check SOURCE ROTA.",
        columns(
            ("visit", TEXT),
            ("carer", TEXT),
            ("start", TEXT),
            ("minutes", COUNT),
            ("second", TEXT),
            ("client name", TEXT),
            ("carer name", TEXT),
            ("weekday", TEXT),
        ),
        rows,
    )


def unallocated_table(rota: Rota, problem: Problem, reasons: Mapping[str, Sequence[str]]) -> Table:
    """The visits that nobody is planned for, the most urgent first, with the reasons."""
    names = labels(problem.clients)
    rows = [
        (
            visit.id,
            names[visit.client],
            short_date(problem.date_of(visit.day)),
            f"{clock(visit.earliest)}\u2013{clock(visit.latest)}",
            visit.commissioned,
            visit.carers,
            visit.priority,
            "yes" if visit.time_critical else "",
            " ".join(reasons.get(visit.id, ())),
        )
        for visit in sorted(rota.unallocated(problem), key=lambda v: (v.priority, v.preferred, v.id))
    ]
    return Table(
        "Unallocated",
        "Visits that nobody is planned for, the highest priority (1) first.",
        columns(
            ("Visit", TEXT),
            ("Client", TEXT),
            ("Day", TEXT),
            ("May start", TEXT),
            ("Minutes", MINUTES),
            ("Carers", COUNT),
            ("Priority", COUNT),
            ("Time-critical", TEXT),
            ("Why", LONG),
        ),
        rows,
    )


def findings_table(report: Report, problem: Problem) -> Table:
    """Everything that the rules found: what must not be first, then the dearest."""
    order = {Level.HARD: 0, Level.SOFT: 1, Level.NOTE: 2}
    rules = {rule.name: rule for rule in RULES}
    clients, carers = labels(problem.clients), labels(problem.carers)

    def row(finding: Finding) -> tuple[Any, ...]:
        rule = rules[finding.rule]
        return (
            finding.level.value,
            rule.label,
            finding.sentence,
            finding.amount,
            rule.unit,
            finding.price if finding.level is Level.SOFT else None,
            finding.visit,
            clients.get(finding.client, ""),
            carers.get(finding.carer, ""),
            short_date(problem.date_of(finding.day)) if finding.day is not None else "",
            finding.cure,
        )

    found = sorted(report.findings, key=lambda finding: (order[finding.level], -finding.price))
    return Table(
        "Findings",
        "Hard: must not be. Soft: has a price (a credit is below zero). Note: worth saying.",
        columns(
            ("Level", TEXT),
            ("Rule", TEXT),
            ("Finding", LONG),
            ("Amount", COUNT),
            ("Unit", TEXT),
            ("Price", MONEY),
            ("Visit", TEXT),
            ("Client", TEXT),
            ("Carer", TEXT),
            ("Day", TEXT),
            ("Cure", LONG),
        ),
        [row(finding) for finding in found],
    )


def costs_table(cost: Cost) -> Table:
    """What each rule costs, money first. The rows add up to the total that the planner makes small."""
    rows: list[tuple[Any, ...]] = [
        (
            line.label,
            "money" if line.money else "what we would pay to avoid it",
            line.price,
            len(line.findings),
        )
        for line in sorted(cost.lines, key=lambda line: not line.money)
    ]
    rows.append(("Money together", "money", cost.money_amount, None))
    rows.append(("All together", "money and what we would pay", cost.total_amount, None))
    return Table(
        "Costs",
        "Every price behind the total; the sheet Findings opens each down to the visit.",
        columns(("Rule", TEXT), ("What it is", TEXT), ("Cost", MONEY), ("Findings", COUNT)),
        rows,
    )


def measures_table(measures: Mapping[str, int | float]) -> Table:
    """Every measure with its unit and what exactly it counts."""
    rows = [(one.name, measures[one.name], one.unit, one.doc) for one in MEASURES]
    return Table(
        "Measures",
        "The same numbers as in summary.json.",
        columns(("Measure", TEXT), ("Value", MEASURE), ("Unit", TEXT), ("What it counts", LONG)),
        rows,
    )


def rules_table(report: Report) -> Table:
    """Every rule, also those that found nothing: that is worth knowing too."""
    found = report.by_rule()
    rows = [
        (
            rule.label,
            rule.level.value,
            len(findings := found.get(rule.name, ())),
            sum(finding.price for finding in findings) if rule.level is Level.SOFT else None,
            rule.source,
        )
        for rule in RULES
    ]
    return Table(
        "Rules",
        "Hard: must not be. Soft: has a price. Note: worth saying. The workbook has every finding.",
        columns(
            ("Rule", TEXT),
            ("Level", TEXT),
            ("Findings", COUNT),
            ("Price", MONEY),
            ("Where it comes from", LONG),
        ),
        rows,
    )
