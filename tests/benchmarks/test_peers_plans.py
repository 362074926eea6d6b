"""Side by side: the table, its rows, and which plans are made again."""

from importlib.metadata import version
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.peers import plans as plans_module
from benchmarks.peers.base import PeerUnavailable
from benchmarks.peers.cases import Case
from benchmarks.peers.command import rows_of
from benchmarks.peers.plans import OURS, Plans
from benchmarks.peers.table import summary
from scheduler.rules import RULES
from tests.benchmarks.lazy_peers import NO_BOUNDS, Lazy, Missing, rows_in, two_visits
from tests.builders import a_problem, a_visit
from tests.intake.agencies import GOOD


@pytest.mark.parametrize("error", [ModuleNotFoundError("No module named 'x'"), PeerUnavailable("no Java")])
def test_a_missing_peer_is_a_line_of_the_table(error, tmp_path):
    case = Case("tiny", a_problem([a_visit()]), RULES)
    rows = rows_of(case, [Missing(error)], Plans(tmp_path / "peers.csv"), NO_BOUNDS, 0.2, [1, 2])
    assert len(rows) == 1
    page = summary(rows, [Missing(error)], 0.2, [1, 2], {"processor": "abacus"})
    assert f"| tiny | Missing: {error} | 1 |" in page
    assert "(missing-planner not installed) cannot say:" in page
    assert "processor abacus" in page


def test_the_table_gives_means_and_ratios(tmp_path):
    lazy = Lazy()
    rows = rows_of(two_visits(), [lazy], Plans(tmp_path / "peers.csv"), NO_BOUNDS, 0.2, [1, 2])
    assert lazy.seeds == [0], "a peer without seeds plans once"
    assert [row.seed for row in rows] == [1, 2]
    scores = [(row.ours.unallocated, row.theirs.unallocated) for row in rows if row.ours and row.theirs]
    assert scores == [(0, 2), (0, 2)]
    page = summary(rows, [lazy], 0.2, [1, 2], {})
    assert "| tiny | Lazy | 2 | 0.0 | 2.0 | £15.60 | £0.00 | - |" in page  # an hour at £12 and 130 %


def test_a_plan_whose_row_is_there_is_not_made_again(tmp_path):
    """The second time everything is read, with the same figures; other seconds, another seed of a peer that has seeds,
    or another problem are other plans."""
    lazy, path, case = Lazy(), tmp_path / "peers.csv", two_visits()
    lazy.seeded = True
    first = rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    before = path.read_bytes()
    plans = Plans(path)
    again = rows_of(case, [lazy], plans, NO_BOUNDS, 0.2, [1])
    assert [(row.ours, row.theirs) for row in again] == [(row.ours, row.theirs) for row in first]
    assert path.read_bytes() == before
    assert lazy.seeds == [1]
    assert [row["planner"] for row in plans.used] == ["Lazy", OURS]
    ours = f"careround {version('careround')} with ortools {version('ortools')}"
    assert plans.programs() == [ours, "missing-planner not installed"]
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [2])
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.3, [1])
    rows_of(Case("tiny", a_problem([a_visit()]), RULES), [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    assert lazy.seeds == [1, 2, 1, 1]
    assert len(rows_in(path)) == 8


def test_a_change_of_the_engine_asks_for_a_plan_anew(tmp_path, monkeypatch):
    path, case, lazy = tmp_path / "peers.csv", two_visits(), Lazy()
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    monkeypatch.setattr(plans_module, "ENGINE", tmp_path)
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    assert [row["planner"] for row in rows_in(path)] == ["Lazy", OURS, OURS]
    assert lazy.seeds == [0]


def test_a_change_of_what_stands_between_a_peer_and_us_asks_for_its_plans_anew(tmp_path, monkeypatch):
    """Every module of the peers but those that write down, prove, draw and are the command."""
    assert {file.stem for file in plans_module.BETWEEN} >= {
        "base",
        "cases",
        "day",
        "in_turn",
        "legal",
        "ortools",
    }
    assert {file.stem for file in plans_module.BETWEEN} >= {
        "pyvrp",
        "score",
        "subset",
        "timefold_model",
        "vroom",
    }
    path, case, lazy = tmp_path / "peers.csv", two_visits(), Lazy()
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    monkeypatch.setattr(plans_module, "BETWEEN", (Path(__file__),))
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    assert [row["planner"] for row in rows_in(path)] == ["Lazy", OURS, "Lazy"]


def test_on_another_machine_all_is_planned_anew(tmp_path, monkeypatch):
    path, case, lazy = tmp_path / "peers.csv", two_visits(), Lazy()
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    monkeypatch.setattr("benchmarks.machine.processor", lambda: "another one")
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    assert len(rows_in(path)) == 4


def test_plans_of_before_a_moment_are_made_anew(tmp_path):
    path, case, lazy = tmp_path / "peers.csv", two_visits(), Lazy()
    rows_of(case, [lazy], Plans(path), NO_BOUNDS, 0.2, [1])
    rows_of(case, [lazy], Plans(path, rows_in(path)[0]["date"]), NO_BOUNDS, 0.2, [1])
    assert len(rows_in(path)) == 2
    with pytest.raises(LookupError):
        rows_of(case, [lazy], Plans(path, "2999-01-01"), NO_BOUNDS, 0.2, [1])


def test_what_plans_were_made_with_is_told_from_the_first_to_the_last(tmp_path):
    plans = Plans(tmp_path / "peers.csv")
    assert plans.stamp()["load"] == ""
    row = dict.fromkeys(plans.stamp(), "same")
    plans.used = [
        row | {"load": "10.5", "date": "2026-11-28", "commit": "a"},
        row | {"load": "2.0", "date": "2026-11-27", "commit": "b"},
        row | {"load": "2.5", "date": "2026-11-27", "commit": "c"},
    ]
    found = plans.stamp()
    assert found["load"] == "2.0 to 10.5"
    assert found["commit"] == "b to a"
    assert found["processor"] == "same"


def test_the_command_writes_table_and_rows(tmp_path, capsys):
    arguments = ["peers", str(GOOD), "--seconds", "1", "--seeds", "1", "--only", "OR-Tools routing"]
    assert main([*arguments, "--results", str(tmp_path)]) == 0
    table = (tmp_path / "peers.md").read_text(encoding="utf-8")
    assert table in capsys.readouterr().out
    assert "| good | OR-Tools routing |" in table
    rows = rows_in(tmp_path / "peers.csv")
    assert [row["planner"] for row in rows] == ["OR-Tools routing", OURS]
    assert [row["seed"] for row in rows] == ["0", "1"]
    assert all(row["processor"] and row["dropped"] == "0" for row in rows)
    assert "continuity" in rows[0]["rules_left_out"]
