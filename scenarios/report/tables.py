"""The report's tables: of the page and of the workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scenarios.catalogue import BASE
from scenarios.report.assumptions import used
from scenarios.report.few import FEW, OTHERS, Needed, of_enough, people_of
from scenarios.report.study import Study
from scenarios.report.words import NONE, difference, label
from scenarios.results.compare import tidy
from scenarios.results.counts import BANDS
from scenarios.results.formula import by_length, formula, predicted
from scenarios.results.measures import MEASURES
from scenarios.results.returns import Line, returns
from scenarios.run.jobs import Reading
from scheduler.report.fairness.groups import SMALL
from scheduler.report.table import COUNT, LONG, NUMBER, TEXT, Table, columns
from scheduler.units import HOUR


def workbook(study: Study) -> list[Table]:
    """All sheets."""
    return [
        _summary(study), _applied(study), *needs(study), cost_of_care(study), formula_table(study), groups(study),
        _runs(study), _documented(), assumption_table(study),
    ]  # fmt: skip


def _summary(study: Study) -> Table:
    rows = []
    for reading in study.results.readings:
        for measure in MEASURES:
            for name in study.names:
                value = study.results.value(measure.name, name, reading)
                base = name == BASE
                rows.append(
                    (
                        study.label(name), reading.words, str(measure.whom), label(measure, study.several), value.mean,
                        value.low, value.high, value.difference if value.differences else None,
                        "" if base else difference(value, measure), str(measure.unit),
                    )
                )  # fmt: skip
    return Table(
        "Summary",
        "Mean and range over the seeds, all agencies together, and the mean difference to today.",
        columns(
            ("Scenario", TEXT), ("Reading", TEXT), ("Whom", TEXT), ("Measure", TEXT), ("Mean", NUMBER),
            ("Lowest", NUMBER), ("Highest", NUMBER), ("Difference", NUMBER), ("In words", TEXT), ("Unit", TEXT),
        ),
        rows,
    )  # fmt: skip


def _applied(study: Study) -> Table:
    rows = [
        (one.label, number, sentence)
        for one in study.scenarios
        for number, sentence in enumerate(one.sentences, 1)
    ]
    return Table(
        "What was changed",
        "Each scenario's changes, in the order in which they were made.",
        columns(("Scenario", TEXT), ("No.", COUNT), ("Change", LONG)),
        rows,
    )


def needs(study: Study) -> Iterator[Table]:
    """What further carers would do: when, where, with which skills."""
    if not study.has(Reading.ENOUGH):
        return
    yield _need_table(study, "When", "Further carers, when", _needed(study, "by_time"))
    areas, skills = people_of(study)
    yield _need_table(study, "Area", "Further carers, where", of_enough(_needed(study, "by_area"), areas))
    yield _need_table(
        study, "Skill", "Further carers, skills", of_enough(_needed(study, "by_skill"), skills),
        " A visit that asks for two skills counts under both.",
    )  # fmt: skip


def _need_table(study: Study, title: str, name: str, needed: Needed, note: str = "") -> Table:
    if needed.keys() & {OTHERS, FEW}:
        note += f" Groups of fewer than {SMALL} people are not shown alone, so that nobody is singled out."
    return Table(
        name,
        f"Hours with clients that further carers work {study.each}, mean over the seeds.{note}",
        columns((title, TEXT), *((study.label(one), NUMBER) for one in study.names)),
        [(key, *hours) for key, hours in needed.items()],
    )


def _needed(study: Study, kind: str) -> Needed:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (_, scenario, reading, _), outcome in study.results.outcomes.items():
        if reading is Reading.ENOUGH:
            for key, minutes in outcome["need"][kind].items():
                found[key][scenario].append(minutes / HOUR)
    seeds = len(study.results.seeds)
    return {
        key: [sum(found[key].get(one, [])) / seeds for one in study.names] for key in _in_order(kind, found)
    }


def _in_order(kind: str, found: dict[str, dict[str, list[float]]]) -> list[str]:
    if kind != "by_time":
        return sorted(found)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    parts = ("morning", "lunch", "tea", "evening")
    return [f"{day} {part}" for day in days for part in parts if f"{day} {part}" in found]


def cost_of_care(study: Study) -> Table:
    """The lines of the fair cost of care returns."""
    reading = study.results.readings[0]
    rows = [
        (study.label(name), line.name, line.count, line.lower, line.median, line.upper)
        for name in study.names
        for line in returns(study.results, name, reading, study.days)
    ]
    return Table(
        "Cost of care returns",
        f"The lines of annex A over the agencies, planned {reading.words}; quartiles from four agencies on. Count: "
        "the agencies that have such visits.",
        columns(
            ("Scenario", TEXT), ("Line", TEXT), ("Count", COUNT), ("Lower quartile", NUMBER), ("Median", NUMBER),
            ("Upper quartile", NUMBER),
        ),
        rows,
    )  # fmt: skip


def cost_of_care_short(study: Study) -> Table:
    """The same as a page shows it: a column a scenario; the median, and the quartiles where agencies are enough."""
    reading = study.results.readings[0]
    lines = {name: returns(study.results, name, reading, study.days) for name in study.names}
    there = [name for name in study.names if lines[name]]

    def cell(line: Line) -> str:
        if line.median is None:
            return NONE
        around = f" ({line.lower:,.2f} to {line.upper:,.2f})" if line.lower is not None else ""
        return f"{line.median:,.2f}{around}"

    rows = [
        (told[0].name, *(cell(line) for line in told))
        for told in zip(*(lines[n] for n in there), strict=True)
    ]
    return Table(
        "Cost of care returns",
        f"The lines of annex A of the fair cost of care returns, planned {reading.words}: the median over "
        f"the agencies ({len(study.results.agencies)}) that have such visits, with the quartiles from four on.",
        columns(("Line", TEXT), *((study.label(name), TEXT) for name in there)),
        rows,
    )


def formula_table(study: Study) -> Table:
    """The formula method beside the planned weeks."""
    rows = []
    for reading in study.results.readings:
        today = study.results.mean(BASE, reading)
        for name in study.names:
            counts = study.results.mean(name, reading)
            known = formula(today, counts)
            average = counts["asked_minutes"] / counts["asked_legs"] if counts["asked_legs"] else 0.0
            rows.append(
                (
                    study.label(name), reading.words, average, known.travel_per_contact_hour(average),
                    counts["travel_minutes"] * HOUR / counts["contact_minutes"] if counts["contact_minutes"] else 0.0,
                    predicted(today, counts) / 100, (predicted(today, counts) - predicted(today, today)) / 100,
                    counts["price_pence"] / 100, (counts["price_pence"] - today["price_pence"]) / 100,
                    *(pence / 100 for pence in by_length(today, counts).values()),
                )
            )  # fmt: skip
    return Table(
        "Formula and plan",
        f"The formula method (an average swapped in a price) beside the planned {study.noun}; pounds {study.each}.",
        columns(
            ("Scenario", TEXT), ("Reading", TEXT), ("Average length asked for", NUMBER),
            ("Travel per contact hour, formula", NUMBER), ("Travel per contact hour, planned", NUMBER),
            ("Cost, formula", NUMBER), ("More than today, formula", NUMBER), ("Cost, planned", NUMBER),
            ("More than today, planned", NUMBER), *((f"Visit of {n} min, formula", NUMBER) for n in BANDS),
        ),
        rows,
    )  # fmt: skip


def groups(study: Study) -> Table:
    """Group by group: the mean of each quality, today and under each scenario."""
    reading = study.results.readings[0]
    found: dict[tuple[str, str, str], dict[str, list[tuple[int, float]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for (_, scenario, read, _), outcome in study.results.outcomes.items():
        if read is reading:
            for grouping, group, quality, clients, mean in outcome["groups"]:
                found[grouping, group, quality][scenario].append((clients, mean))
    rows = [(*key, *(_weighted(of.get(one, [])) for one in study.names)) for key, of in sorted(found.items())]
    return Table(
        "Groups",
        f"Means over the people of each group, planned {reading.words}; groups too small to be shown are left out.",
        columns(
            ("Grouping", TEXT), ("Group", TEXT), ("Quality", TEXT), *((study.label(one), NUMBER) for one in study.names)
        ),
        rows,
    )  # fmt: skip


def _weighted(parts: list[tuple[int, float]]) -> float | None:
    people = sum(clients for clients, _ in parts)
    return sum(clients * mean for clients, mean in parts) / people if people else None


def _runs(study: Study) -> Table:
    return Table(
        "Runs",
        "One row a run and measure: the same as runs.csv.",
        columns(
            ("agency", TEXT), ("scenario", TEXT), ("reading", TEXT), ("seed", COUNT), ("measure", TEXT),
            ("value", NUMBER), ("unit", TEXT),
        ),
        tidy(study.results),
    )  # fmt: skip


def _documented() -> Table:
    rows = [(one.name, one.label, str(one.whom), str(one.unit), one.doc) for one in MEASURES]
    return Table(
        "Measures",
        "What each measure counts.",
        columns(("measure", TEXT), ("Label", TEXT), ("Whom", TEXT), ("Unit", TEXT), ("What it counts", LONG)),
        rows,
    )


def assumption_table(study: Study) -> Table:
    """Every figure that was used, with its mark."""
    rows = [
        (one.name, f"{one.value:,}", one.unit, one.mark, one.since.strftime("%d/%m/%Y"), one.source, one.note)
        for one in used(study)
    ]
    return Table(
        "Assumptions",
        "UK figures behind this report, in force on the first day. An agency's own settings take their place where it "
        "has some.",
        columns(
            ("Figure", TEXT), ("Value", TEXT), ("Unit", TEXT), ("Mark", TEXT), ("Since", TEXT), ("Source", LONG),
            ("Note", LONG),
        ),
        rows,
    )  # fmt: skip
