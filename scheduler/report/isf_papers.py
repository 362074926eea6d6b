"""Individual Service Funds as papers: a page and a PDF for each person, one overview, one workbook, one summary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.delivered import Delivery
from scheduler.problem import Problem
from scheduler.report.calendars import file_names
from scheduler.report.document import Document, Section, to_html
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.folder import with_summary
from scheduler.report.html import number, percent
from scheduler.report.isf_tables import (
    choices_table,
    entries_table,
    funds_table,
    money_table,
    prices_table,
    visits_table,
)
from scheduler.report.pdfs import OnDone, nobody, to_pdfs
from scheduler.report.words import labels, short_date
from scheduler.rota import Rota
from scheduler.statement import Statement, statements
from scheduler.units import hours, pounds, sixtieths

_SHOWN = ("Client", "Budget", "Management fee", "Other spending", "Care asked for", "Care planned", "Closing balance",
          "Banked", "Forecast at year end")  # fmt: skip
_VISITS = ("Day", "Planned at", "Minutes", "Who", "Price", "Mark")
_DELIVERED = (
    "Day",
    "Planned at",
    "Minutes",
    "Who",
    "Price",
    "Came at",
    "Minutes given",
    "Charged",
    "Credited",
    "Mark",
)
_LEDGER = ("Date", "What", "Amount", "What for", "Agreed by", "Left of it", "As hours", "To be used by")
_CHOICES = ("Choice", "Visits", "What would change", "Saves", "Enough")
_FOOTER = (
    "The money of an Individual Service Fund is held for the person and spent only on what the person decides. Rules "
    "on saving are the agreement's: here {weeks} weekly budgets may be kept, banked money for {keep} weeks.",
)


def isf_files(
    rota: Rota,
    problem: Problem,
    found: Sequence[Delivery] | None = None,
    pdf: bool = True,
    on_pdf: OnDone = nobody,
) -> dict[str, bytes]:
    """Name -> content: `isf.html`, `isf.xlsx`, `isf.csv`, `clients/ID.html` and `.pdf` of each fund, `summary.json`."""
    every = statements(rota, problem, found)
    overview = funds_table(every, problem)
    visits, entries = visits_table(every, rota, problem), entries_table(every, problem)
    sheets = [overview, visits, entries, choices_table(every, problem)]
    files = {
        "isf.html": to_html(_overview(every, problem), problem).encode(),
        "isf.xlsx": to_xlsx(sheets, problem),
        "isf.csv": to_csv(overview).encode("utf-8-sig"),
    }
    names = file_names(one.fund.client for one in every)
    pages: dict[str, str] = {}
    for one in every:
        name = f"clients/{names[one.fund.client].removesuffix('.ics')}"
        page = to_html(_paper(one, rota, problem), problem)
        files[f"{name}.html"] = page.encode()
        pages[f"{name}.pdf"] = page
    files |= to_pdfs(pages, on_pdf) if pdf else {}
    return with_summary(files, summary(every, problem), "isf")


def isf_paper(client: str, rota: Rota, problem: Problem) -> Document | None:
    """The statement of one client's fund; None where there is no fund."""
    found = next((one for one in statements(rota, problem) if one.fund.client == client), None)
    return _paper(found, rota, problem) if found is not None else None


def summary(found: Sequence[Statement], problem: Problem) -> dict[str, Any]:
    """The figures, fund by fund, in pence and minutes."""
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "funds": {one.fund.client: _figures(one, problem) for one in found},
    }


def _figures(one: Statement, problem: Problem) -> dict[str, Any]:
    return {
        "weekly_budget_pence": one.fund.budget,
        "contribution_pence": one.share(one.fund.contribution),
        "management_fee_pence": one.share(one.fund.fee),
        "opening_pence": one.fund.opening,
        "asked_pence": one.asked_cost,
        "planned_pence": one.planned_cost,
        "delivered_pence": one.delivered_cost,
        "asked_minutes": one.asked_minutes,
        "planned_minutes": one.planned_minutes,
        "delivered_minutes": one.delivered_minutes if one.deliveries is not None else None,
        "not_recorded_visits": len(one.unrecorded),
        "not_recorded_pence": sum(charge.cost for charge in one.unrecorded),
        "over_pence": one.over,
        "closing_pence": one.closing,
        "allowed_surplus_pence": one.allowed,
        "banked_pence": one.banked,
        "banked_minutes": one.in_minutes(one.banked),
        "banked": [
            {
                "date": problem.date_of(lot.entry.day).isoformat(),
                "pence": lot.left,
                "purpose": lot.entry.purpose,
                "expires": problem.date_of(lot.expires).isoformat(),
            }
            for lot in one.lots
        ],
        "forecast_pence": one.forecast,
        "year_end": problem.date_of(one.fund.year_end).isoformat(),
        "team_share": one.team_share,
        "choices": [
            {
                "kind": choice.kind,
                "change": choice.change,
                "saves_pence": choice.saving,
                "enough": choice.enough,
            }
            for choice in one.choices
        ],
    }


def _overview(found: Sequence[Statement], problem: Problem) -> Document:
    names = labels(problem.clients)
    over = [one for one in found if one.over]
    lost = [one for one in found if _expiring(one)]
    without = [
        c for c in problem.clients if c.funding == "isf" and c.id not in {one.fund.client for one in found}
    ]
    lead = [
        f"{len(found)} people have an Individual Service Fund here." if found else "Nobody has a fund here."
    ]
    lead += [
        f"{names[one.fund.client]} wishes for {pounds(sixtieths(one.over))} more in a week than the fund has: there "
        f"are {len(one.choices)} choices. Nothing was cut."
        for one in over
    ]
    lead += [f"{names[one.fund.client]}: {sentence}" for one in found for sentence in _unrecorded(one)]
    lead += [f"{names[one.fund.client]}: {sentence}" for one in found for sentence in _lacking(one)]
    lead += [f"{names[one.fund.client]}: {sentence}" for one in lost for sentence in _expiring(one)]
    lead += [f"{names[c.id]} is paid for by a fund of which no row of isf tells." for c in without]
    sections = [Section("All funds", tables=(funds_table(found, problem).only("Funds", *_SHOWN),))]
    if over:
        sections.append(Section("Where the wishes exceed the money", tables=(choices_table(found, problem),)))
    return Document("Individual Service Funds", lead, sections, bad=bool(over), footer=_footer(problem))


def _paper(one: Statement, rota: Rota, problem: Problem) -> Document:
    name = labels(problem.clients)[one.fund.client]
    known = one.deliveries is not None
    visits = visits_table([one], rota, problem).only("Visits", *(_DELIVERED if known else _VISITS))
    sections = [
        Section("Your own choices", points=_wishes(one, problem)),
        Section("Your money", tables=(money_table(one),)),
    ]
    if one.choices:
        sections.append(
            Section(
                "What you could change",
                sentences=(
                    f"Your visits in the week from {short_date(problem.date_of(one.worst_week * 7))} cost "
                    f"{pounds(sixtieths(one.over))} more than that week's money. Nothing was cut. You choose:",
                ),
                tables=(choices_table([one], problem).only("Choices", *_CHOICES),),
            )
        )
    sections += [
        Section("Your visits", tables=(visits,)),
        Section("Banked, spent and agreed", tables=(entries_table([one], problem).only("Ledger", *_LEDGER),)),
        Section("Prices", tables=(prices_table(one),)),
    ]
    facts = (
        ("Budget a week", pounds(sixtieths(one.fund.budget))),
        ("Management fee a week", pounds(sixtieths(one.fund.fee))),
        ("Hours planned", hours(one.planned_minutes)),
        ("Care delivered" if known else "Care planned", pounds(sixtieths(one.care))),
        ("Closing balance", pounds(sixtieths(one.closing))),
        ("Banked", f"{pounds(sixtieths(one.banked))}, about {hours(one.in_minutes(one.banked))}"),
        ("Forecast at year end", "none" if one.forecast is None else pounds(sixtieths(one.forecast))),
    )
    return Document(
        f"The fund of {name}",
        _lead(one, problem),
        sections,
        facts,
        bad=bool(one.over),
        footer=_footer(problem),
    )


def _lead(one: Statement, problem: Problem) -> list[str]:
    share = one.closing / one.allowed if one.allowed else 0.0
    told = [
        f"You have {pounds(sixtieths(one.closing))} at the end of these days"
        + (f", {percent(share)} of what you may save." if one.closing >= 0 else "."),
        _at_year_end(one, problem),
    ]
    if one.closing > one.allowed:
        told.append("That is more than you may save: say what it is for, or it may have to be given back.")
    if one.over:
        more = pounds(sixtieths(one.over))
        told.append(f"Your wishes cost {more} more in a week than there is: see your choices below.")
    missing = [visit for visit in one.ledger.visits if visit not in one.planned]
    if missing:
        told.append(f"Nobody is planned yet for {len(missing)} of your {len(one.ledger.visits)} visits.")
    return told + _unrecorded(one) + _lacking(one) + _expiring(one)


def _at_year_end(one: Statement, problem: Problem) -> str:
    last = problem.date_of(one.fund.year_end)
    if one.forecast is None:
        return f"The fund's year ended on {last:%d/%m/%Y}, so that nothing is forecast."
    money = pounds(sixtieths(one.forecast))
    if one.fund.year_end < problem.days:
        return f"On {last:%d/%m/%Y}, the last day of the fund's year, you have {money}."
    return f"If every week were like these, you would have {money} on {last:%d/%m/%Y}."


def _unrecorded(one: Statement) -> list[str]:
    """What is charged although nobody recorded it."""
    if not one.unrecorded:
        return []
    cost = pounds(sixtieths(sum(charge.cost for charge in one.unrecorded)))
    many = len(one.unrecorded) > 1
    return [
        f"{len(one.unrecorded)} of the {len(one.ledger.visits)} visits {'were' if many else 'was'} not recorded, or "
        f"not for every carer, and {'are' if many else 'is'} charged as planned: {cost}. Say so if nobody came."
    ]


def _lacking(one: Statement) -> list[str]:
    """Banked money that was used and was not there."""
    return [
        f"{pounds(sixtieths(lacking.pence))} of the {pounds(sixtieths(lacking.entry.pence))} used on "
        f"{one.problem.date_of(lacking.entry.day):%d/%m/%Y} were not banked by then, or had expired: the ledger needs "
        "to be put right."
        for lacking in one.lacking
    ]


def _expiring(one: Statement) -> list[str]:
    """Banked money that cannot be used after these days, or could not even in them."""
    problem = one.problem
    return [
        f"{pounds(sixtieths(lot.left))} banked for {lot.entry.purpose or 'later'} must be used by "
        f"{problem.date_of(lot.expires):%d/%m/%Y}."
        for lot in one.lots
        if lot.expires < problem.days + 28
    ]


def _wishes(one: Statement, problem: Problem) -> list[str]:
    names = labels(problem.carers)
    fund = one.fund
    told = [f"The hours are for: {fund.hours_for}."] if fund.hours_for else []
    if fund.times:
        told.append(f"Times: {fund.times}.")
    if fund.team:
        team = ", ".join(names.get(id, id) for id in fund.team)
        share = one.team_share
        told.append(
            f"Your team: {team}"
            + (f"; they do {percent(share)} of these visits." if share is not None else ".")
        )
    if one.off is not None:
        told.append(f"On average a visit is planned {number(one.off)} minutes from the time that you prefer.")
    return told or ["No choices are recorded yet."]


def _footer(problem: Problem) -> list[str]:
    settings = problem.settings
    return [text.format(weeks=settings.isf_surplus_weeks, keep=settings.isf_keep_weeks) for text in _FOOTER]
