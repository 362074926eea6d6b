"""Whatever is done to a good source, it loads or is refused with faults; nothing else is ever raised."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scheduler.errors import InputError
from scheduler.intake.load import load_with_warnings
from tests.intake.agencies import MONDAY, read_tables, write_folder, write_json, write_xlsx

GOOD = read_tables()
calm = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ODD = st.sampled_from(
    [
        *(
            "",
            "0",
            "-1",
            "1e9",
            "1e999",
            "NaN",
            "inf",
            "-0.0",
            "0x10",
            "٣",
            "1_000",
            "½",
            "24:00",
            "23:59",
            "00:00",
        ),
        *(
            "2026-11-23",
            "9999-12-31",
            "1900-01-01",
            "2026-11-23 08:30",
            "2026-11-23T24:00",
            "daily",
            "Mon-Mon",
            "-",
        ),
        *(
            "yes",
            "only",
            "C01",
            "C02",
            "K01",
            "K02",
            "C01-am",
            "C01-bed",
            "C01; C02",
            ";",
            ";;;",
            "K01; K01",
            "=1+1",
        ),
        *(
            "NP20 4AL",
            "ZE99 9ZZ",
            "AA",
            "51.5",
            "-2.9",
            "\u202e",
            "🙂",
            "\x00",
            "\ud800",
            "a" * 40_000,
            "#REF!",
            "car",
        ),
    ]
)
CELL = st.one_of(ODD, st.text(max_size=12))
TABLE = st.sampled_from(sorted(GOOD))


@st.composite
def mutated(draw):
    """The good tables after one to five changes: a cell, a heading, a row twice, a row or a table gone."""
    tables = {name: [list(row) for row in rows] for name, rows in GOOD.items()}
    for _ in range(draw(st.integers(1, 5))):
        rows = tables.get(draw(TABLE))
        if not rows:
            continue
        row = draw(st.integers(0, len(rows) - 1))
        change = draw(st.sampled_from(["cell", "cell", "cell", "cell", "twice", "gone", "swap", "table"]))
        if change == "cell":
            rows[row][draw(st.integers(0, len(rows[row]) - 1))] = draw(CELL)
        elif change == "twice":
            rows.append(list(rows[row]))
        elif change == "gone":
            del rows[row]
        elif change == "swap":
            other = draw(st.sampled_from(sorted(GOOD)))
            tables[other] = rows
        else:
            rows.clear()
    return tables


def assert_loads_or_is_refused(source: Path) -> None:
    refused = False
    try:
        told_all = load_with_warnings(source, MONDAY).warnings
    except InputError as error:
        told_all, refused = error.faults, True
    assert told_all or not refused
    for told in told_all:
        assert told.problem
        assert told.cure
        assert str(told)


@calm
@given(mutated())
def test_tables_as_a_workbook(tables):
    with tempfile.TemporaryDirectory() as folder:
        assert_loads_or_is_refused(
            write_xlsx(writable(tables), Path(folder) / "week.xlsx", typed=len(tables) % 2 == 0)
        )


@calm
@given(mutated())
def test_tables_as_a_folder(tables):
    with tempfile.TemporaryDirectory() as folder:
        assert_loads_or_is_refused(write_folder(writable(tables), Path(folder) / "week"))


@calm
@given(mutated())
def test_tables_as_json(tables):
    with tempfile.TemporaryDirectory() as folder:
        whole = {
            name: [[*row, *[""] * (len(rows[0]) - len(row))][: len(rows[0])] for row in rows]
            for name, rows in tables.items()
            if rows
        }
        assert_loads_or_is_refused(write_json(whole, Path(folder) / "week.json"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELL,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@calm
@given(table=TABLE, row=st.integers(0, 1), column=st.integers(0, 30), value=VALUES)
@example(table="visits", row=0, column=0, value=10**400)
def test_json_values_of_any_kind(table, row, column, value):
    with tempfile.TemporaryDirectory() as folder:
        path = write_json(GOOD, Path(folder) / "week.json")
        found = json.loads(path.read_text())
        names = GOOD[table][0]
        found[table][row][names[column % len(names)]] = value
        path.write_text(json.dumps(found))
        assert_loads_or_is_refused(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return write_xlsx(GOOD, tmp_path_factory.mktemp("whole") / "week.xlsx", typed=True).read_bytes()


@calm
@given(data=st.data())
def test_bytes_of_a_workbook(whole, data):
    """Torn, cut short, or with some bytes changed: what a broken download looks like."""
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        broken = broken[: data.draw(st.integers(1, len(broken)))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.xlsx"
        path.write_bytes(bytes(broken))
        assert_loads_or_is_refused(path)


@calm
@given(table=TABLE, data=st.data())
def test_bytes_of_a_csv(table, data):
    with tempfile.TemporaryDirectory() as folder:
        path = write_folder(GOOD, Path(folder) / "week") / f"{table}.csv"
        broken = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(broken))
        assert_loads_or_is_refused(path.parent)


def writable(tables):
    """Without what cannot be written at all: half a sign, and more than a workbook's cell can hold."""
    return {
        name: [[cell.replace("\ud800", "?")[:32_000] for cell in row] for row in rows]
        for name, rows in tables.items()
    }
