"""The frontier's page: the curve in sentences, charts and a table."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.catalogue import BASE
from scenarios.frontier import Step
from scenarios.report import charts
from scenarios.report.assumptions import limits, marks, used
from scenarios.report.page import styles, templates
from scenarios.report.pictures import Picture
from scenarios.report.study import Study
from scenarios.report.tables import assumption_table
from scenarios.report.words import shown
from scenarios.results.compare import RULE
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
        pictures=[(trusted(one.svg), one.caption) for one in _pictures(curve)],
        curve=curve_table(curve),
        assumptions=assumption_table(study).only("Assumptions", "Figure", "Value", "Unit", "Mark", "Source", "Note"),
        marks=marks(used(study)),
        limits=limits(study),
        rule=RULE,
    )  # fmt: skip


def sentences(study: Study, curve: Sequence[Step]) -> list[str]:
    """The curve in words."""
    reading = study.results.readings[-1]
    price, rate, visits = (
        study.results.value(key, BASE, reading).mean
        for key in ("price", "price_per_contact_hour", "visits_asked")
    )
    told = [
        f"Today\u2019s week costs {shown(price, Unit.POUNDS)} planned {reading.words}, "
        f"{shown(rate, Unit.POUNDS)} an hour with clients."
    ]
    for step in curve:
        words = (
            f"At least {step.minutes} minutes: {shown(step.unallocated_hours, Unit.HOURS)} a week are left "
            f"{study.results.readings[0].words}; "
            f"further carers would work {shown(step.further_hours, Unit.HOURS)}; the week costs "
            f"{shown(step.price, Unit.POUNDS)} and pays for itself at {shown(step.break_even, Unit.POUNDS)} an hour "
            "with clients"
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


def _pictures(curve: Sequence[Step]) -> list[Picture]:
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
            charts.lines("curve", "Cost of a week by minimum length", ticks, money, "\u00a3 a week"),
            "What a week costs, by the minimum length in minutes.",
        ),
        Picture(
            charts.lines("work", "Hours without a carer by minimum length", ticks, work, "Hours a week"),
            "Who would do the work, by the minimum length in minutes.",
        ),
        Picture(
            charts.lines(
                "rate", "Rate that covers the cost, by minimum length", ticks,
                {"Rate that covers the cost": [step.break_even for step in curve]}, "\u00a3 an hour with clients",
            ),
            "The rate an hour with clients at which a week pays for itself, by the minimum length in minutes.",
        ),
    ]  # fmt: skip


def curve_table(curve: Sequence[Step]) -> Table:
    """The curve as a table."""
    rows = [
        (
            f"{step.minutes} min", step.contact_hours, step.unallocated_hours, step.further_hours, step.further_at_once,
            step.price, step.formula, step.break_even, step.added_hour,
            None if step.same_money is None else round(step.same_money),
        )
        for step in curve
    ]  # fmt: skip
    return Table(
        "Frontier",
        "By minimum length, a week: hours and pounds; means over the seeds.",
        columns(
            ("Minimum", TEXT), ("Hours with clients", NUMBER), ("Unallocated hours, today's carers", NUMBER),
            ("Further carers' hours", NUMBER), ("At one moment", NUMBER), ("Cost (\u00a3)", NUMBER),
            ("By the formula (\u00a3)", NUMBER), ("Rate that covers it (\u00a3/h)", NUMBER),
            ("An added hour costs (\u00a3)", NUMBER), ("Visits for the same money", COUNT),
        ),
        rows,
    )  # fmt: skip
