"""The frontier's page: the curve in sentences, charts and a table."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.catalogue import BASE
from scenarios.frontier import Step, name
from scenarios.report import charts
from scenarios.report.assumptions import limits, marks, used
from scenarios.report.page import styles, templates
from scenarios.report.pictures import Picture
from scenarios.report.study import Study
from scenarios.report.tables import assumption_table
from scenarios.report.words import against_today, difference, measure, shown
from scenarios.results.compare import RULE, Value
from scenarios.results.measures import Unit
from scheduler.report.html import trusted
from scheduler.report.table import COUNT, NUMBER, TEXT, Table, columns
from scheduler.report.words import period


def frontier_page(study: Study, curve: Sequence[Step]) -> str:
    """The page."""
    return templates().get_template("frontier.html").render(
        styles=styles(),
        study=study,
        runs=True,
        period=period(study.first),
        sentences=sentences(study, curve),
        pictures=[(trusted(one.svg), one.caption) for one in _pictures(study, curve)],
        curve=curve_table(study, curve),
        assumptions=assumption_table(study).only("Assumptions", "Figure", "Value", "Unit", "Mark", "Source", "Note"),
        marks=marks(used(study)),
        limits=limits(study),
        rule=RULE,
    )  # fmt: skip


def sentences(study: Study, curve: Sequence[Step]) -> list[str]:
    """The curve in words."""
    reading = study.results.readings[-1]
    price, rate = (
        study.results.value(key, BASE, reading).mean for key in ("price", "price_per_contact_hour")
    )
    visits = study.results.mean(BASE, reading)["asked_visits"]
    told = [
        f"Today\u2019s {study.noun} costs {shown(price, Unit.POUNDS)} planned {reading.words}, "
        f"{shown(rate, Unit.POUNDS)} an hour with clients."
    ]
    for step in curve:
        words = (
            f"At least {step.minutes} minutes: {shown(step.unallocated_hours, Unit.HOURS)} {study.each} are left "
            f"{study.results.readings[0].words}; "
            f"further carers would work {shown(step.further_hours, Unit.HOURS)}; the {study.noun} costs "
            f"{shown(step.price, Unit.POUNDS)} ({against_today(_price(study, step), measure('price'))}); "
            f"cost and surplus are covered at {shown(step.break_even, Unit.POUNDS)} an ordered hour"
        )
        if step.added_hour is not None:
            words += f"; each hour of care more than today costs {shown(step.added_hour, Unit.POUNDS)}"
        if step.same_money is None:
            words += "; for today\u2019s money more than a fifth of the ordered time would have to go."
        else:
            fewer = visits - step.same_money
            words += (
                f"; for today\u2019s money about {step.same_money:,.0f} visits can be planned, "
                f"{'as many as today' if round(fewer) <= 0 else f'{fewer:,.0f} fewer than are asked for today'}."
            )
        told.append(words)
    return told


def _price(study: Study, step: Step) -> Value:
    return study.results.value("price", name(step.minutes), study.results.readings[-1])


def _pictures(study: Study, curve: Sequence[Step]) -> list[Picture]:
    ticks = [str(step.minutes) for step in curve]
    money = {
        "Planned": [step.price for step in curve],
        "By the formula": [step.formula for step in curve],
    }
    work = {
        "Unallocated with today\u2019s carers": [step.unallocated_hours for step in curve],
        "Worked by further carers": [step.further_hours for step in curve],
    }
    return [
        Picture(
            charts.lines("curve", "Cost of the care by minimum length", ticks, money, f"\u00a3 {study.each}"),
            f"What the care costs {study.each}, by the minimum length in minutes.",
        ),
        Picture(
            charts.lines("work", "Hours without a carer by minimum length", ticks, work, f"Hours {study.each}"),
            "Who would do the work, by the minimum length in minutes.",
        ),
        Picture(
            charts.lines(
                "rate", "Rate that covers the cost, by minimum length", ticks,
                {"Rate that covers the cost": [step.break_even for step in curve]}, "\u00a3 an ordered hour",
            ),
            "The rate an ordered hour at which cost and surplus are covered, by the minimum length in minutes.",
        ),
    ]  # fmt: skip


def curve_table(study: Study, curve: Sequence[Step]) -> Table:
    """The curve as a table."""
    rows = [
        (
            f"{step.minutes} min", step.contact_hours, step.unallocated_hours, step.further_hours, step.further_at_once,
            step.price, difference(_price(study, step), measure("price")), step.formula, step.break_even,
            step.added_hour, None if step.same_money is None else round(step.same_money),
        )
        for step in curve
    ]  # fmt: skip
    return Table(
        "Frontier",
        f"By minimum length, {study.each}: hours and pounds; means over the seeds. What an added hour costs is told "
        "where the cost is clearly higher than today\u2019s.",
        columns(
            ("Minimum", TEXT), ("Hours with clients", NUMBER), ("Unallocated hours, today's carers", NUMBER),
            ("Further carers' hours", NUMBER), ("At one moment", NUMBER), ("Cost (\u00a3)", NUMBER),
            ("Cost against today", TEXT),
            ("By the formula (\u00a3)", NUMBER), ("Rate that covers it with surplus (\u00a3 an ordered hour)", NUMBER),
            ("An added hour costs (\u00a3)", NUMBER), ("Visits for the same money", COUNT),
        ),
        rows,
    )  # fmt: skip
