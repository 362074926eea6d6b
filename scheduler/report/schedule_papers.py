"""The schedules as files: a page, a PDF and a calendar for each carer, and all of them in one workbook.

Times are the rota's, travel minutes those that it was planned with; figures are those of `pay` and `true_pay`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from scheduler.places import ATTRIBUTION
from scheduler.problem import Problem
from scheduler.report.calendars import calendars, file_names
from scheduler.report.document import Document, Section, to_html
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.folder import with_summary
from scheduler.report.html import number
from scheduler.report.mileage import mileage_table
from scheduler.report.pdfs import OnDone, nobody, to_pdfs
from scheduler.report.schedules import Line, Schedule, What, schedules
from scheduler.report.table import COUNT, HOURS, LONG, MILES, MINUTES, MONEY, TEXT, Table, columns
from scheduler.report.words import short_date
from scheduler.rota import Rota
from scheduler.units import DAY, METRES_PER_MILE, clock, end_clock, hours, pence, pounds, sixtieths

_WALES = (
    "This is your schedule of visits under regulation 41 of the Regulated Services (Service Providers and Responsible "
    "Individuals) (Wales) Regulations 2017: visits, travel and rest breaks are told apart."
)
_COLUMNS = columns(
    ("From", TEXT), ("To", TEXT), ("What", TEXT), ("Where", TEXT), ("Minutes", MINUTES), ("Paid", MINUTES),
    ("Miles", MILES), ("What to do", LONG),
)  # fmt: skip
_SHOWN = (
    "Carer",
    "Visits",
    "With clients",
    "Travel",
    "Waiting",
    "Rest breaks",
    "Paid",
    "Miles",
    "Expected pay",
)


def schedule_files(
    rota: Rota, problem: Problem, pdf: bool = True, on_pdf: OnDone = nobody
) -> dict[str, bytes]:
    """Name -> content: `schedules.html` (the sums), `schedules.xlsx`, `schedules.csv`, `carers/ID.html`, `.pdf` and
    `.ics` of each carer, and `summary.json`."""
    found = schedules(rota, problem)
    sums, lines = sums_table(found), lines_table(found, problem)
    files = {
        "schedules.html": to_html(_overview(found, sums, problem), problem).encode(),
        "schedules.xlsx": to_xlsx([sums, mileage_table(found, problem), lines], problem),
        "schedules.csv": to_csv(lines).encode("utf-8-sig"),
    }
    names = file_names(one.person.carer.id for one in found)
    calendar = calendars(rota, problem)
    pages: dict[str, str] = {}
    for one in found:
        name = names[one.person.carer.id]
        page = to_html(_paper(one, problem), problem)
        files[f"carers/{name.removesuffix('.ics')}.html"] = page.encode()
        pages[f"carers/{name.removesuffix('.ics')}.pdf"] = page
        files[f"carers/{name}"] = calendar[name]
    files |= to_pdfs(pages, on_pdf) if pdf else {}
    return with_summary(files, summary(found, problem), "schedules")


def schedule_paper(carer: str, rota: Rota, problem: Problem) -> Document:
    """The schedule of one carer. Raises UnknownName."""
    problem.carer(carer)
    return _paper(schedules(rota, problem)[problem.carer_index[carer]], problem)


def summary(found: tuple[Schedule, ...], problem: Problem) -> dict[str, Any]:
    """The sums, carer by carer."""
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "carers": {
            one.person.carer.id: {
                "visits": one.person.visits,
                "contact_minutes": one.minutes(What.VISIT),
                "travel_minutes": one.minutes(What.TRAVEL),
                "waiting_minutes": one.minutes(What.WAITING),
                "break_minutes": one.minutes(What.BREAK),
                "paid_minutes": one.paid,
                "contracted_not_worked_minutes": one.person.sum("guaranteed"),
                "metres": one.metres,
                "expected_pay_pence": pence(one.expected_pay),
            }
            for one in found
        },
    }


def sums_table(found: tuple[Schedule, ...]) -> Table:
    """One row a carer."""
    rows = [
        (
            one.person.carer.id,
            one.person.label,
            one.person.visits,
            one.minutes(What.VISIT),
            one.minutes(What.TRAVEL),
            one.minutes(What.WAITING),
            one.minutes(What.BREAK),
            one.paid,
            one.person.sum("guaranteed"),
            one.metres,
            sixtieths(pence(one.expected_pay)),
        )
        for one in found
    ]
    return Table(
        "Totals",
        "Expected pay has extras, contracted hours and mileage in it, before tax.",
        columns(
            ("Id", TEXT), ("Carer", TEXT), ("Visits", COUNT), ("With clients", HOURS), ("Travel", HOURS),
            ("Waiting", HOURS), ("Rest breaks", HOURS), ("Paid", HOURS), ("Contracted, not worked", HOURS),
            ("Miles", MILES), ("Expected pay", MONEY),
        ),
        rows,
    )  # fmt: skip


def lines_table(found: tuple[Schedule, ...], problem: Problem) -> Table:
    """Every line of every schedule."""
    rows = [
        (
            one.person.label,
            problem.date_of(line.day).isoformat(),
            *_cells(line),
        )
        for one in found
        for line in one.lines
    ]
    note = "Visits, travel, waiting and rest breaks, line by line; `Paid` by the carer's own terms."
    return Table("Schedule", note, (*columns(("Carer", TEXT), ("Date", TEXT)), *_COLUMNS), rows)


def _cells(line: Line) -> tuple[Any, ...]:
    metres = line.metres if line.what is What.TRAVEL else None
    return (
        _clock(line.start, line.day),
        _clock(line.end, line.day),
        line.what.value,
        line.where,
        line.minutes,
        line.paid,
        metres,
        line.note,
    )


def _clock(minute: int, day: int) -> str:
    """As a line of that day has it: also the way home is of the day of its round, from '24:00' on."""
    return end_clock(minute) if minute > day * DAY else clock(minute)


def _overview(found: tuple[Schedule, ...], sums: Table, problem: Problem) -> Document:
    busy = [one for one in found if one.lines]
    return Document(
        title="Carers' schedules",
        lead=(
            f"{len(busy)} of {len(found)} carers have visits: {hours(sum(one.minutes(What.VISIT) for one in busy))} "
            f"with clients and {hours(sum(one.minutes(What.TRAVEL) for one in busy))} of travel between them.",
            f"Their expected pay is {pounds(sum(sixtieths(pence(one.expected_pay)) for one in found))} in all.",
        ),
        sections=(Section("All carers", tables=(sums.only("Totals", *_SHOWN),), notes=_notes(problem)),),
        footer=(ATTRIBUTION,),
    )


def _paper(one: Schedule, problem: Problem) -> Document:
    days: dict[int, list[Line]] = defaultdict(list)
    for line in one.lines:
        days[line.day].append(line)
    facts = (
        ("With clients", hours(one.minutes(What.VISIT))),
        ("Travel", hours(one.minutes(What.TRAVEL))),
        ("Waiting", hours(one.minutes(What.WAITING))),
        ("Rest breaks", hours(one.minutes(What.BREAK))),
        ("Paid hours", hours(one.paid)),
        ("Miles between visits", number(one.metres / METRES_PER_MILE, 1)),
        ("Expected pay", pounds(one.expected_pay)),
    )
    return Document(
        title=f"Schedule of {one.person.label}",
        lead=_lead(one, len(days), problem),
        facts=facts if one.lines else (),
        sections=(
            *(_day(day, lines, problem) for day, lines in sorted(days.items())),
            Section("Pay", tables=(_pay_table(one),), notes=_notes(problem)),
        ),
        footer=(ATTRIBUTION,),
    )


def _lead(one: Schedule, days: int, problem: Problem) -> tuple[str, ...]:
    if not one.lines:
        return ("You have no visits in these days.",)
    visits = "1 visit" if one.person.visits == 1 else f"{one.person.visits} visits"
    late = sum(line.what is What.TRAVEL and bool(line.note) for line in one.lines)
    told = [
        f"{visits} on {'1 day' if days == 1 else f'{days} days'}. "
        f"{hours(one.paid)} are paid, and the expected pay is {pounds(one.expected_pay)} before tax.",
    ]
    if problem.settings.nation == "wales":
        told.append(_WALES)
    if late:
        told.append(f"{late} of the journeys have less time than they take: say so to your coordinator.")
    return tuple(told)


def _day(day: int, lines: list[Line], problem: Problem) -> Section:
    on = short_date(problem.date_of(day))
    contact = sum(line.minutes for line in lines if line.what is What.VISIT)
    travel = sum(line.minutes for line in lines if line.what is What.TRAVEL)
    note = f"{hours(contact)} with clients, {hours(travel)} of travel between them."
    return Section(on, tables=(Table(on, note, _COLUMNS, [_cells(line) for line in lines]),), kind="days")


def _pay_table(one: Schedule) -> Table:
    """How the expected pay is made up."""
    person = one.person
    rate, miles = sixtieths(person.hourly), f"{one.metres / METRES_PER_MILE:.1f} miles"
    paid, idle, premium, mileage = person.payslip
    rows = [
        ("Paid time", hours(one.paid), rate, paid),
        ("Contracted, not worked", hours(person.sum("guaranteed")), rate, idle),
        ("Weekend and bank holiday extra", "", None, premium),
        ("Mileage", miles, sixtieths(person.carer.pay.mileage), mileage),
        ("Together", "", None, one.expected_pay),
    ]
    return Table(
        "Expected pay",
        f"Your terms pay {person.carer.pay.basis.value}. Before tax and other deductions.",
        columns(("What", TEXT), ("How much", TEXT), ("Rate", MONEY), ("Amount", MONEY)),
        rows,
    )


def _notes(problem: Problem) -> tuple[str, ...]:
    return (
        f"Travel times come from: {problem.travel_source}, with the minutes that the agency sets for parking and the "
        "way to the door. If they are too short for the traffic or the parking, tell your coordinator.",
        f"A gap between visits is paid up to {hours(problem.settings.waiting_cap)} where the terms pay for travel, and "
        "whole where they pay for the shift. The ways from and to home are told so that you can plan; they are not "
        "in any total.",
    )
