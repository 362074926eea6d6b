"""`careround explain`: why, for a visit, a client, a carer or all that nobody does."""

from __future__ import annotations

import json

import pytest

from scheduler.intake.rota_rows import load_rota
from tests.cli.conftest import FROM, run
from tests.intake.agencies import GOOD, MONDAY, changed, read_tables, write_folder

GOOD_FROM = ("--from", MONDAY.isoformat())
MORNING = ("C01-am:2026-11-23", "K01", "2026-11-23 08:30")
HOSTILE = """<b>{carer}</b> %s "O'Neil"; =1+1 \\n {0} Ωλ"""


@pytest.fixture
def rota(typed):
    """Olive's first morning, and nothing else."""
    return typed(MORNING)


def explain(rota, *arguments):
    return run("explain", GOOD, rota, *GOOD_FROM, *arguments)


class TestOneVisit:
    def test_a_planned_one(self, rota):
        done = explain(rota, "--visit", MORNING[0])
        assert done.code == 0
        lines = done.out.splitlines()
        assert lines[0] == "C01-am:2026-11-23: Olive Tester, Mon 08:30, 45 minutes"
        assert lines[1].startswith(
            "  Sam Sample comes on Mon at 08:30 for 45 minutes: Olive Tester would like Sam"
        )
        assert lines[2] == "  It starts at the preferred time; it may start from 08:00 to 09:15."
        assert [line for line in lines if line.startswith("    - Tess Trial")]
        assert [line for line in lines if line.startswith("    - Una Unreal")]

    def test_an_unallocated_one(self, rota):
        done = explain(rota, "--visit", "C02-am:2026-11-23")
        assert done.code == 0
        assert "- unallocated" in done.out
        assert done.out.count("    - ") == 3, "one sentence a carer"

    def test_an_unknown_one_is_named_with_the_nearest(self, rota):
        done = explain(rota, "--visit", "C01-an:2026-11-23")
        assert (done.code, done.out) == (2, "")
        assert "There is no visit called 'C01-an:2026-11-23'. Did you mean 'C01-am:2026-11-23'" in done.err


class TestOneClientOrCarer:
    def test_a_clients_visits(self, rota):
        done = explain(rota, "--client", "C01")
        assert done.code == 0
        assert done.out.count(": Olive Tester, ") == 13, "seven mornings and six evenings"
        assert done.out.count("- unallocated") == 12
        assert "    - " not in done.out

    def test_a_client_without_visits_in_these_days(self, rota):
        done = run("explain", GOOD, rota, "--from", MONDAY.isoformat(), "--days", "1", "--client", "C03")
        assert (done.code, done.out) == (0, "No visit of this client falls into these days.\n")

    def test_a_carers_rounds(self, rota):
        done = explain(rota, "--carer", "K01")
        assert done.code == 0
        assert done.out.splitlines()[:2] == [
            "K01: Sam Sample, 1 round",
            "  Mon 08:30-09:15: 08:30 Olive Tester (45 min with clients).",
        ]

    def test_a_carer_without_any(self, rota):
        done = explain(rota, "--carer", "K03")
        assert done.code == 0
        assert done.out.splitlines()[0] == "K03: Una Unreal, 0 rounds"

    @pytest.mark.parametrize(
        "option, id, told",
        [("--client", "C1", "no client called 'C1'. Did you mean 'C01'"),
         ("--carer", "k01", "no carer called 'k01'. Did you mean 'K01'")],
    )  # fmt: skip
    def test_unknown_ones_are_named_with_the_nearest(self, rota, option, id, told):
        done = explain(rota, option, id)
        assert (done.code, done.out) == (2, "")
        assert told in done.err


class TestEverything:
    def test_all_that_nobody_does(self, rota):
        done = explain(rota)
        assert done.code == 0
        assert done.out.count("- unallocated") == 18
        assert MORNING[0] not in done.out
        assert "--visit" in done.out.splitlines()[-1]

    def test_nothing_is_unallocated(self, planned, problem):
        left = load_rota(planned.out / "rota.json", problem).unallocated(problem)
        done = run("explain", planned.source, planned.out / "rota.json", *FROM)
        assert done.code == 0
        assert done.out.count("- unallocated") == len(left)
        if not left:
            assert done.out.startswith("Every visit is planned.")

    def test_as_a_folder(self, rota, tmp_path):
        done = explain(rota, "--out", tmp_path / "why")
        told = json.loads((tmp_path / "why" / "summary.json").read_text(encoding="utf-8"))
        assert (done.code, told["made_by"], told["unallocated"]) == (0, "explain", 18)
        assert {"explain.html", "explain.xlsx", "summary.json"} == {
            p.name for p in (tmp_path / "why").iterdir()
        }
        assert done.out.count("- unallocated") == 18, "told on the console too"
        assert explain(rota, "--out", tmp_path / "why", "--carer", "K01").code == 0

    def test_two_things_at_once_are_refused(self, rota):
        done = explain(rota, "--visit", MORNING[0], "--client", "C01")
        assert done.code == 2
        assert "not allowed with" in done.err


def test_hostile_names_are_told_as_they_are(rota, tmp_path):
    """What looks like a template, a tag or a formula is but a name."""
    tables = changed(read_tables(), "clients", 2, name=HOSTILE)
    tables = changed(tables, "carers", 2, name=f"K {HOSTILE}")
    agency = write_folder(tables, tmp_path / "agency")
    for which in ((), ("--visit", MORNING[0]), ("--client", "C01"), ("--carer", "K01")):
        done = run("explain", agency, rota, *GOOD_FROM, *which)
        assert done.code == 0, done.err
        assert HOSTILE in done.out
