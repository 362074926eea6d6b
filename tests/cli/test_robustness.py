"""`careround robustness` on the small agency, as somebody types it."""

from __future__ import annotations

from dataclasses import replace

from scheduler import replay
from scheduler.rota_json import from_json
from tests.cli.conftest import FROM, run


def test_a_rota_is_lived_through_the_same_way_each_time(planned):
    command = "robustness", planned.source, planned.out / "rota.json", "--lives", "30", *FROM
    first, second = run(*command), run(*command)
    assert first.code == 0, first.err
    assert first.out == second.out
    assert first.out.startswith("30 lives: ")
    assert "fragile visits." in first.out


def test_the_curve_of_cost_against_late_visits(planned, tmp_path):
    done = run(
        "robustness", planned.source, planned.out / "rota.json", "--lives", "20", "--cushion", "5", "--iterations",
        "60", "--out", tmp_path / "slack", *FROM,
    )  # fmt: skip
    assert done.code == 0, done.err
    lines = [line for line in done.out.splitlines() if line.endswith("%") and " min " in line]
    assert [line.split()[0] for line in lines] == ["0", "5"]
    rotas = [from_json((tmp_path / f"slack/cushion-{minutes}/rota.json").read_bytes()) for minutes in (0, 5)]
    assert all(rota.legs for rota in rotas)


def test_no_per_cent_of_nothing(planned, monkeypatch):
    """Nobody late without a cushion, and with it one visit in two hundred lives."""
    lived = iter((0.0, 0.0, 0.005))
    judge = replay.robustness
    monkeypatch.setattr(replay, "robustness", lambda *given: replace(judge(*given), late=next(lived)))
    done = run(
        "robustness", planned.source, planned.out / "rota.json", "--lives", "5", "--cushion", "5", "--iterations",
        "60", *FROM,
    )  # fmt: skip
    assert done.code == 0, done.err
    lines = [line.split() for line in done.out.splitlines() if line.split()[1:2] == ["min"]]
    assert [line[-2:] for line in lines] == [["0.00", "-"], ["0.01", "-"]]


def test_slack_by_a_price_is_a_rota_with_the_same_rounds(planned, tmp_path):
    done = run(
        "robustness", planned.source, planned.out / "rota.json", "--lives", "200", "--late-price", "40", "--out",
        tmp_path / "slack", *FROM,
    )  # fmt: skip
    assert done.code == 0, done.err
    lines = [line.split() for line in done.out.splitlines() if line.split()[:1] in (["£0.00"], ["£40.00"])]
    assert [line[0] for line in lines] == ["£0.00", "£40.00"]
    before, after = (float(line[4]) for line in lines)
    assert after < before, "late visits"
    rota = from_json((planned.out / "rota.json").read_bytes())
    found = from_json((tmp_path / "slack/late-price-40/rota.json").read_bytes())
    assert sorted((leg.visit, leg.carer) for leg in found.legs) == sorted(
        (leg.visit, leg.carer) for leg in rota.legs
    )
    assert found.legs != rota.legs


def test_a_folder_that_cannot_be_written_is_refused_before_the_work(planned, tmp_path):
    (tmp_path / "taken").write_text("mine")
    done = run(
        "robustness", planned.source, planned.out / "rota.json", "--lives", "5", "--cushion", "5", "--iterations",
        "60", "--out", tmp_path / "taken", *FROM,
    )  # fmt: skip
    assert (done.code, done.out) == (2, "")
    assert (tmp_path / "taken").read_text() == "mine"


def test_too_few_clocked_visits_are_refused(planned, tmp_path):
    clocked = tmp_path / "actuals.csv"
    clocked.write_text("visit,carer,clock_in,clock_out\n")
    done = run("robustness", planned.source, planned.out / "rota.json", "--actuals", clocked, *FROM)
    assert done.code == 2
    assert "Only 0 clocked visits" in done.err
