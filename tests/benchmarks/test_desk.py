"""The desk's benchmark on an agency of a few visits: every kind of request is there and nothing went wrong."""

import csv

import pytest

from benchmarks.__main__ import main
from benchmarks.desk.asked import ALONE, READING
from benchmarks.desk.times import centile
from tests.intake.agencies import GOOD


def test_a_row_for_each_kind_of_request(tmp_path):
    sizes = ["--seconds", "1", "--repeats", "1", "--users", "2", "--reading", "3", "--no-browser"]
    assert main(["desk", str(GOOD), *sizes, "--results", str(tmp_path)]) == 0
    with (tmp_path / "desk.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["what"] for row in rows if row["who"] == "alone"] == list(ALONE)
    together = [row["what"] for row in rows if row["who"] == "2 reading, a plan running"]
    assert together
    assert set(together) <= set(READING)
    assert {row["errors"] for row in rows} == {"0"}
    assert all(float(row["p95_ms"]) >= float(row["median_ms"]) > 0 for row in rows)


@pytest.mark.parametrize("share, value", [(0.95, 19), (0.5, 10), (1.0, 20), (0.01, 1)])
def test_a_centile_is_the_smallest_value_that_so_many_do_not_exceed(share, value):
    assert centile(list(range(20, 0, -1)), share) == value
