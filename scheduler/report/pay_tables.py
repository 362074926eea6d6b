"""The tables of true pay: one row a carer and pay period, the same under other terms, and the visits behind a
shortfall. Money is that of `true_pay`; nothing is worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.domain import PayBasis
from scheduler.problem import Problem
from scheduler.report.table import COUNT, HOURS, LONG, MILES, MINUTES, MONEY, TEXT, Table, columns
from scheduler.report.words import at, labels, short_date
from scheduler.true_pay import TruePay

BASES = {
    PayBasis.CONTACT: "Contact only",
    PayBasis.CONTACT_TRAVEL: "Contact and travel",
    PayBasis.SHIFT: "Shift",
}


def true_pay_table(periods: Sequence[TruePay], problem: Problem) -> Table:
    """What each pay period earns under the carer's own terms, against the minimum wage and the real Living Wage."""
    names = labels(problem.carers)
    rows = [
        (
            one.carer.id,
            names[one.carer.id],
            short_date(problem.date_of(one.first)),
            one.carer.pay.basis.value,
            one.sum("contact"),
            one.sum("travel"),
            one.sum("waiting"),
            one.counted,
            one.sum("paid"),
            one.sum("guaranteed"),
            one.sum("pay"),
            one.sum("unreimbursed"),
            one.true_hourly,
            one.wage,
            one.margin,
            one.shortfall,
            one.below_living_wage,
            one.sum("premium"),
            one.sum("mileage"),
            one.payslip,
        )
        for one in periods
    ]
    return Table(
        "True pay",
        "Pay for work without premiums and mileage, less what miles cost and nobody pays back, for each hour of "
        "visits, travel and counted waiting.",
        columns(
            ("Id", TEXT), ("Carer", TEXT), ("Pay period from", TEXT), ("What is paid", TEXT),
            ("With clients", HOURS), ("Travel", HOURS), ("Waiting", HOURS), ("Hours that count", HOURS),
            ("Paid hours", HOURS), ("Contracted, not worked", HOURS), ("Pay", MONEY), ("Miles not paid back", MONEY),
            ("True pay an hour", MONEY), ("Minimum wage an hour", MONEY), ("Margin an hour", MONEY),
            ("Missing to minimum wage", MONEY), ("Missing to real Living Wage", MONEY), ("Weekend extra", MONEY),
            ("Mileage", MONEY), ("Expected pay", MONEY),
        ),
        rows,
    )  # fmt: skip


def other_terms_table(periods: Sequence[TruePay], problem: Problem) -> Table:
    """The same work under each basis, side by side: true pay an hour and what is missing to the minimum wage."""
    names = labels(problem.carers)

    def cells(one: TruePay, basis: PayBasis) -> tuple[Any, ...]:
        reckoned = one.under(basis)
        return reckoned, one.an_hour(reckoned), one.missing(reckoned)

    rows = [
        (
            one.carer.id,
            names[one.carer.id],
            short_date(problem.date_of(one.first)),
            one.counted,
            *(cell for basis in PayBasis for cell in cells(one, basis)),
        )
        for one in periods
    ]
    titles = [
        (f"{words}: {what}", MONEY) for words in BASES.values() for what in ("pay", "an hour", "missing")
    ]
    return Table(
        "Other terms",
        "The same rounds at the same rates and contracted hours, paid for contact only, for contact and travel, or "
        "for the shift from the first visit to the last; less miles that nobody pays back.",
        columns(
            ("Id", TEXT), ("Carer", TEXT), ("Pay period from", TEXT), ("Hours that count", HOURS), *titles
        ),
        rows,
    )


def basis_table(periods: Sequence[TruePay], problem: Problem) -> Table:
    """Each basis for all carers together."""
    worked = [one for one in periods if one.counted]
    counted = sum(one.counted for one in worked)

    def row(basis: PayBasis) -> tuple[Any, ...]:
        reckoned = [one.under(basis) for one in worked]
        missing = [one.missing(pay) for one, pay in zip(worked, reckoned, strict=True)]
        hourly = round(sum(reckoned) * 60 / counted) if counted else None
        return BASES[basis], sum(reckoned), hourly, sum(lack > 0 for lack in missing), sum(missing)

    return Table(
        "Terms side by side",
        "All carers together, at their own rates and contracted hours.",
        columns(
            ("What is paid", TEXT), ("Pay", MONEY), ("True pay an hour", MONEY),
            ("Pay periods below minimum wage", COUNT), ("Missing", MONEY),
        ),
        [row(basis) for basis in PayBasis],
    )  # fmt: skip


def causes_table(periods: Sequence[TruePay], problem: Problem, most: int | None = None) -> Table:
    """The visits for which something is missing, in the pay periods that fall short: all, or the first `most` each."""
    names, people = labels(problem.carers), labels(problem.clients)
    rows = [
        (
            names[one.carer.id],
            cause.stop.leg.visit,
            people[cause.stop.visit.client],
            f"{at(cause.stop.leg.start, problem):%Y-%m-%d %H:%M}",
            cause.stop.leg.minutes,
            cause.stop.travel,
            cause.stop.waiting,
            cause.unpaid,
            cause.stop.metres,
            cause.missing,
            f"{cause.unpaid} min of the way to it and the wait before it are work and not paid."
            if cause.unpaid
            else "Its miles cost more than is paid back, or the rate is below the minimum wage.",
        )
        for one in periods
        for cause in one.causes[:most]
    ]
    return Table(
        "Visits behind it",
        "The minimum wage for the visit, the way to it and the counted wait before it, less what is paid for them. "
        "What other visits bring above the minimum wage makes up for a part.",
        columns(
            ("Carer", TEXT), ("Visit", TEXT), ("Client", TEXT), ("Start", TEXT), ("Minutes", MINUTES),
            ("Travel to it", MINUTES), ("Waiting before it", MINUTES), ("Unpaid", MINUTES), ("Miles to it", MILES),
            ("Missing", MONEY), ("Why", LONG),
        ),
        rows,
    )  # fmt: skip
