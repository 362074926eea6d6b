"""Individual Service Funds from their three tables, and what is wrong with them, all at once."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.funds import EntryKind
from scheduler.intake.load import load_with_warnings
from tests.intake.agencies import MONDAY, Tables, read_tables, write_folder

ISF = [
    [
        "client",
        "weekly_budget",
        "contribution",
        "management_fee",
        "opening_balance",
        "year_end",
        "team",
        "kept",
    ],
    ["C01", "420.00", "35", "18.50", "310", "", "K01", "yes"],
]
PRICES = [["client", "minutes", "weekday", "weekend"], ["", "30", "16.60", "18.25"], ["", "60", "30.20", ""]]
ENTRIES = [
    ["client", "date", "kind", "amount", "purpose", "expires"],
    ["C01", "2026-11-25", "spent", "24.00", "day centre", ""],
    ["C01", "2026-09-01", "Banked", "50", "a trip", "2027-01-31"],
]


def tables(isf=ISF, prices=PRICES, entries=ENTRIES) -> Tables:
    return {**read_tables(), "isf": isf, "isf_prices": prices, "isf_entries": entries}


def test_three_tables_make_a_fund(tmp_path):
    (fund,) = load_with_warnings(write_folder(tables(), tmp_path / "week"), MONDAY).problem.funds
    assert (fund.client, fund.budget, fund.weekly, fund.opening) == ("C01", 42_000, 36_650, 31_000)
    assert (fund.team, fund.kept) == (("K01",), True)
    assert [(p.minutes, p.weekday, p.weekend, p.bank_holiday) for p in fund.prices] == [
        (30, 1660, 1825, 1825),
        (60, 3020, 3020, 3020),
    ]
    assert [(e.day, e.kind, e.pence, e.expires) for e in fund.entries] == [
        (-83, EntryKind.BANKED, 5000, 69),
        (2, EntryKind.SPENT, 2400, None),
    ]
    assert fund.year_end == 128  # the next 31 March


def test_own_prices_win_over_everybodys(tmp_path):
    own = [*PRICES, ["C01", "45", "25", ""]]
    (fund,) = load_with_warnings(write_folder(tables(prices=own), tmp_path / "week"), MONDAY).problem.funds
    assert [p.minutes for p in fund.prices] == [45]


def test_without_the_tables_there_are_no_funds(tmp_path):
    assert load_with_warnings(write_folder(read_tables(), tmp_path / "week"), MONDAY).problem.funds == ()


@pytest.mark.parametrize(
    "given, place, problem",
    [
        ({"isf": [*ISF, ISF[1]]}, "isf.csv, row 3, column 'client'", "row 2 is already the fund of C01"),
        (
            {"isf": [ISF[0], ["C01", "50", "35", "18.50", "", "", "", ""]]},
            "row 2, column 'weekly_budget'",
            "is less than contribution",
        ),
        (
            {"isf": [ISF[0], ["C99", "420", "", "", "", "", ""]]},
            "row 2, column 'client'",
            "no row of clients has the id 'C99'",
        ),
        (
            {"isf": [ISF[0], ["C01", "420", "", "", "", "", "K77"]]},
            "row 2, column 'team'",
            "no row of carers has the id 'K77'",
        ),
        (
            {"isf": [ISF[0], ["C01", "lots", "", "", "", "", ""]]},
            "row 2, column 'weekly_budget' has 'lots'",
            "not a number",
        ),
        ({"prices": PRICES[:1]}, "isf.csv, row 2, column 'client'", "there are no prices for this fund"),
        (
            {"prices": [*PRICES, PRICES[1]]},
            "isf_prices.csv, row 4, column 'minutes'",
            "row 2 is already the price of 30",
        ),
        ({"prices": [*PRICES, ["", "0", "1", ""]]}, "row 4, column 'minutes'", "a visit has 1 minute or more"),
        (
            {"entries": [*ENTRIES, ["C02", "2026-11-25", "spent", "1", "", ""]]},
            "row 4, column 'client'",
            "no row of isf",
        ),
        (
            {"entries": [*ENTRIES, ["C01", "2026-11-25", "banked", "1", "", "2026-11-24"]]},
            "column 'expires'",
            "before `date`",
        ),
        (
            {"entries": [*ENTRIES, ["C01", "2026-11-25", "lost", "1", "", ""]]},
            "column 'kind' has 'lost'",
            "none of the choices",
        ),
    ],
)  # fmt: skip
def test_each_fault_with_its_place(tmp_path, given, place, problem):
    with pytest.raises(InputError) as error:
        load_with_warnings(write_folder(tables(**given), tmp_path / "week"), MONDAY)
    assert place in str(error.value)
    assert problem in str(error.value)


def test_wishes_beyond_the_budget_are_a_warning_and_nothing_is_cut(tmp_path):
    isf = [ISF[0], ["C01", "60", "", "", "", "", ""]]
    loaded = load_with_warnings(write_folder(tables(isf=isf), tmp_path / "week"), MONDAY)
    (warning,) = [w for w in loaded.warnings if w.file == "isf.csv"]
    assert "the visits cost £" in warning.problem
    assert "nothing is cut by itself" in warning.cure
    assert any(visit.client == "C01" for visit in loaded.problem.visits)


def test_banked_money_that_was_used_and_was_not_there_is_a_warning(tmp_path):
    """£50 were put by; £60 are used."""
    entries = [*ENTRIES, ["C01", "2026-10-01", "used", "60", "a trip", ""]]
    loaded = load_with_warnings(write_folder(tables(entries=entries), tmp_path / "week"), MONDAY)
    (warning,) = [w for w in loaded.warnings if w.file == "isf_entries.csv"]
    assert (warning.row, warning.column) == (4, "amount")
    assert warning.problem == "£10.00 of this was not banked by then, or had expired."


def test_respite_goes_before_ordinary_visits_where_nobody_set_a_priority(tmp_path):
    given = read_tables()
    header = given["visits"][0]
    rows = [list(row) for row in given["visits"]]
    rows[1][header.index("purpose")] = "respite"
    rows[1][header.index("priority")] = ""
    rows[1][header.index("time_critical")] = ""
    problem = load_with_warnings(write_folder({**given, "visits": rows}, tmp_path / "week"), MONDAY).problem
    assert {v.priority for v in problem.visits if v.plan == rows[1][header.index("visit")]} == {2}
