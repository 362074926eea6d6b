"""From the tables of Individual Service Funds to the funds of the domain."""

from __future__ import annotations

from datetime import date

from scheduler.funds import Fund, FundEntry, FundPrice
from scheduler.intake.rows import Agency
from scheduler.intake.tables import IsfEntryRow, IsfPriceRow, IsfRow


def funds(agency: Agency, start: date) -> tuple[Fund, ...]:
    """One fund a row of `isf`, with its price list and its entries."""
    return tuple(_fund(row, agency, start) for row in agency.isf.rows)


def price_list(client: str, agency: Agency) -> list[IsfPriceRow]:
    """The client's own prices, or else those of everybody."""
    rows = agency.isf_prices.rows
    own = [row for row in rows if row.client == client]
    return own or [row for row in rows if row.client is None]


def _fund(row: IsfRow, agency: Agency, start: date) -> Fund:
    entries = sorted(
        (entry for entry in agency.isf_entries.rows if entry.client == row.client),
        key=lambda entry: (entry.date, entry.at),
    )
    return Fund(
        client=row.client,
        budget=row.weekly_budget,
        contribution=row.contribution,
        fee=row.management_fee,
        opening=row.opening_balance,
        year_end=((row.year_end or _next_march(start)) - start).days,
        team=row.team,
        hours_for=row.hours_for,
        times=row.times,
        kept=row.kept,
        prices=tuple(_price(price) for price in price_list(row.client, agency)),
        entries=tuple(_entry(entry, start) for entry in entries),
    )


def _next_march(start: date) -> date:
    """The end of the financial year in which the period begins."""
    return date(start.year + (start.month > 3), 3, 31)


def _price(row: IsfPriceRow) -> FundPrice:
    weekend = row.weekday if row.weekend is None else row.weekend
    bank = weekend if row.bank_holiday is None else row.bank_holiday
    return FundPrice(row.minutes, row.weekday, weekend, bank, row.second_carer)


def _entry(row: IsfEntryRow, start: date) -> FundEntry:
    return FundEntry(
        day=(row.date - start).days,
        kind=row.kind,
        pence=row.amount,
        purpose=row.purpose,
        expires=(row.expires - start).days if row.expires else None,
        agreed_by=row.agreed_by,
    )
