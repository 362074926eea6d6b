"""Individual Service Funds: one a client, a price list for each, and amounts that add up."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.banked import put_by
from scheduler.errors import Fault
from scheduler.funds import EntryKind
from scheduler.intake.funds import price_list
from scheduler.intake.rows import Agency
from scheduler.ledger import ledgers
from scheduler.problem import Problem
from scheduler.units import WEEK_DAYS, pounds, sixtieths


def fund_faults(agency: Agency) -> Iterator[Fault]:
    """Two funds of one client, a fund without prices, and a budget that contribution and fee use up."""
    first: dict[str, int] = {}
    for row in agency.isf.rows:
        if row.client in first:
            problem = f"row {first[row.client]} is already the fund of {row.client}."
            yield agency.isf.fault(row, "client", problem, "Keep one of the two rows.")
        first.setdefault(row.client, row.at)
        if row.contribution + row.management_fee > row.weekly_budget:
            cure = "Correct the budget, the contribution or the fee."
            problem = "this is less than contribution and management fee together."
            yield agency.isf.fault(row, "weekly_budget", problem, cure)
        if not price_list(row.client, agency):
            cure = "Add rows to isf_prices; without a client they are everybody's."
            yield agency.isf.fault(row, "client", "there are no prices for this fund.", cure)


def price_faults(agency: Agency) -> Iterator[Fault]:
    """Two prices for one length, and a visit of no minutes."""
    first: dict[tuple[str | None, int], int] = {}
    for row in agency.isf_prices.rows:
        if row.minutes == 0:
            yield agency.isf_prices.fault(
                row, "minutes", "a visit has 1 minute or more.", "Write its length."
            )
        key = row.client, row.minutes
        if key in first:
            problem = f"row {first[key]} is already the price of {row.minutes} minutes."
            yield agency.isf_prices.fault(row, "minutes", problem, "Keep one of the two rows.")
        first.setdefault(key, row.at)


def entry_faults(agency: Agency) -> Iterator[Fault]:
    """Entries of clients who have no fund, and banked money that expires before it was banked."""
    known = agency.isf.names("client") or {}
    for row in agency.isf_entries.rows:
        if row.client not in known:
            cure = "Add the client to isf, or correct the id."
            yield agency.isf_entries.fault(row, "client", "no row of isf is this client's fund.", cure)
        if row.expires is not None and row.expires < row.date:
            yield agency.isf_entries.fault(
                row, "expires", "this is before `date`.", "Correct one of the two."
            )


def beyond_the_budget(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """Warnings: visits ordered for more than a week of the fund has. Nothing is cut for it unless `isf_kept`."""
    rows = {row.client: row for row in agency.isf.rows}
    for client, ledger in ledgers(problem).items():
        worst = max((ledger.over(week), -week) for week in range(problem.weeks))
        if worst[0]:
            on = problem.date_of(-worst[1] * 7)
            told = (
                f"in the week from {on} the visits cost {pounds(sixtieths(worst[0]))} more than the fund has."
            )
            cure = "careround isf shows the choices; nothing is cut by itself."
            yield agency.isf.fault(rows[client], "weekly_budget", told, cure)


def used_beyond_banked(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """Warnings: banked money that was used and was not there, or no longer."""
    for fund in problem.funds:
        for lacking in put_by(fund.entries, problem.settings.isf_keep_weeks * WEEK_DAYS)[1]:
            day, pence = lacking.entry.day, lacking.entry.pence
            same = fund.client, problem.date_of(day), EntryKind.USED, pence
            row = next(
                row for row in agency.isf_entries.rows if (row.client, row.date, row.kind, row.amount) == same
            )
            told = f"{pounds(sixtieths(lacking.pence))} of this was not banked by then, or had expired."
            cure = "Correct the amounts, dates or last days, or add what was banked before."
            yield agency.isf_entries.fault(row, "amount", told, cure)
