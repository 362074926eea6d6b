"""The tables of Individual Service Funds. Money is that of `statement`, in pence there and shown in pounds here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.charges import Charge
from scheduler.domain import Purpose, Visit
from scheduler.funds import EntryKind
from scheduler.problem import Problem
from scheduler.report.table import COUNT, HOURS, LONG, MINUTES, MONEY, TEXT, Table, columns
from scheduler.report.words import at, labels, short_date
from scheduler.rota import Rota
from scheduler.statement import Statement
from scheduler.units import sixtieths


def funds_table(found: Sequence[Statement], problem: Problem) -> Table:
    """One row a fund: the money of the period, the balance, what is banked, and the year's end."""
    names = labels(problem.clients)
    rows = [
        (
            one.fund.client,
            names[one.fund.client],
            *map(
                _money,
                (
                    one.fund.opening,
                    one.share(one.fund.budget),
                    one.share(one.fund.contribution),
                    one.share(one.fund.fee),
                    one.ledger.entries(EntryKind.PAID_IN),
                    one.ledger.entries(EntryKind.SPENT),
                    one.asked_cost,
                    one.planned_cost,
                    one.delivered_cost,
                    one.over,
                    one.closing,
                    one.banked,
                    one.allowed,
                    one.forecast,
                ),
            ),
            one.asked_minutes,
            one.planned_minutes,
            one.delivered_minutes if one.deliveries is not None else None,
        )
        for one in found
    ]
    return Table(
        "Funds",
        "Money of the planned days; care counts as delivered where actual visits were given, as planned otherwise and "
        "for visits that nobody recorded.",
        columns(
            ("Id", TEXT), ("Client", TEXT), ("Opening balance", MONEY), ("Budget", MONEY), ("Contribution", MONEY),
            ("Management fee", MONEY), ("Paid in", MONEY), ("Other spending", MONEY), ("Care asked for", MONEY),
            ("Care planned", MONEY), ("Care delivered", MONEY), ("Wishes beyond a week's money", MONEY),
            ("Closing balance", MONEY), ("Banked", MONEY), ("May be saved", MONEY), ("Forecast at year end", MONEY),
            ("Hours asked for", HOURS), ("Hours planned", HOURS), ("Hours delivered", HOURS),
        ),
        rows,
    )  # fmt: skip


def money_table(one: Statement) -> Table:
    """The fund of one person, line by line to the closing balance."""
    fund = one.fund
    lines: list[tuple[str, int | None]] = [
        ("Opening balance", fund.opening),
        ("Budget", one.share(fund.budget)),
        ("Less your assessed contribution", -one.share(fund.contribution)),
        ("Less management fee", -one.share(fund.fee)),
        ("Paid in", one.ledger.entries(EntryKind.PAID_IN)),
        ("Less other spending", -one.ledger.entries(EntryKind.SPENT)),
        ("Less care planned" if one.delivered_cost is None else "Less care delivered", -one.care),
        ("Closing balance", one.closing),
    ]
    note = "What came in, what went out, and what is left. Banked money is in the balance."
    rows = [(name, _money(amount)) for name, amount in lines]
    return Table("Money", note, columns(("What", TEXT), ("Amount", MONEY)), rows)


def visits_table(found: Sequence[Statement], rota: Rota, problem: Problem) -> Table:
    """Every visit of every fund: asked, planned, delivered, what it costs, and what is credited."""
    names, carers = labels(problem.clients), labels(problem.carers)

    def row(one: Statement, visit: Visit) -> tuple[Any, ...]:
        legs = rota.of_visit(visit.id)
        found = [d.actual for d in one.deliveries or () if d.visit is visit and d.actual]
        starts = [actual.start for actual in found if actual.start is not None]
        charge = one.charges.get(visit.id)
        known = charge is not None and (found or not charge.unrecorded)
        return (
            names[visit.client],
            short_date(problem.date_of(visit.day)),
            f"{at(legs[0].start, problem):%H:%M}" if legs else "",
            visit.commissioned,
            visit.carers,
            ", ".join(carers[leg.carer] for leg in legs) or "nobody yet",
            _money(one.ledger.price(visit)),
            f"{at(min(starts), problem):%H:%M}" if starts else "",
            sum(actual.minutes for actual in found) if known else None,
            _money(charge.cost) if charge else None,
            _money(charge.credit) if charge else None,
            "; ".join(_marks(visit, charge)),
            visit.id,
        )

    return Table(
        "Visits",
        "Each visit at the price list, by its length, day and second carer.",
        columns(
            ("Client", TEXT), ("Day", TEXT), ("Planned at", TEXT), ("Minutes", MINUTES), ("Carers", COUNT),
            ("Who", TEXT), ("Price", MONEY), ("Came at", TEXT), ("Minutes given", MINUTES), ("Charged", MONEY),
            ("Credited", MONEY), ("Mark", TEXT), ("Visit", TEXT),
        ),
        [row(one, visit) for one in found for visit in one.ledger.visits],
    )  # fmt: skip


def _marks(visit: Visit, charge: Charge | None) -> Iterator[str]:
    if visit.purpose is Purpose.RESPITE:
        yield "respite for a family carer"
    if charge and charge.unrecorded:
        yield "not recorded, charged as planned"


def entries_table(found: Sequence[Statement], problem: Problem) -> Table:
    """The ledger beside the visits, with what is left of banked money, in hours too, and until when."""
    names = labels(problem.clients)
    rows = []
    for one in found:
        for entry in one.fund.entries:
            lot = next((lot for lot in one.lots if lot.entry is entry), None)
            rows.append(
                (
                    names[one.fund.client],
                    problem.date_of(entry.day).isoformat(),
                    entry.kind.value,
                    _money(entry.pence),
                    entry.purpose,
                    entry.agreed_by,
                    _money(lot.left) if lot else None,
                    one.in_minutes(lot.left) if lot else None,
                    problem.date_of(lot.expires).isoformat() if lot else "",
                )
            )
    return Table(
        "Ledger",
        "Banked money is told in hours of one carer on a weekday; an hour at the weekend takes more of it.",
        columns(
            ("Client", TEXT), ("Date", TEXT), ("What", TEXT), ("Amount", MONEY), ("What for", TEXT),
            ("Agreed by", TEXT), ("Left of it", MONEY), ("As hours", HOURS), ("To be used by", TEXT),
        ),
        rows,
    )  # fmt: skip


def prices_table(one: Statement) -> Table:
    """The price list of a fund."""
    rows = [
        (
            price.minutes,
            _money(price.weekday),
            _money(price.weekend),
            _money(price.bank_holiday),
            "the same again" if price.second is None else f"£{price.second / 100:.2f}",
        )
        for price in sorted(one.fund.prices, key=lambda price: price.minutes)
    ]
    return Table(
        "Price list",
        "A visit costs as the shortest length that holds it.",
        columns(
            ("Minutes", MINUTES), ("Monday to Friday", MONEY), ("Weekend", MONEY), ("Bank holiday", MONEY),
            ("Second carer", TEXT),
        ),
        rows,
    )  # fmt: skip


def choices_table(found: Sequence[Statement], problem: Problem) -> Table:
    """What each person could change where the wishes exceed the money of a week."""
    names = labels(problem.clients)
    rows = [
        (
            names[one.fund.client],
            choice.kind,
            f"{choice.visit.part or 'the'} visit" if choice.visit else "",
            choice.change,
            _money(choice.saving),
            "yes" if choice.enough else "in part",
        )
        for one in found
        for choice in sorted(one.choices, key=lambda choice: (not choice.enough, choice.saving))
    ]
    return Table(
        "Choices",
        "What each change would save in that week. Nothing is changed unless the person says so.",
        columns(
            ("Client", TEXT), ("Choice", TEXT), ("Visits", TEXT), ("What would change", LONG), ("Saves", MONEY),
            ("Enough", TEXT),
        ),
        rows,
    )  # fmt: skip


def _money(pence: int | None) -> int | None:
    return None if pence is None else sixtieths(pence)
