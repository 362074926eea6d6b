"""`careround repair` and `careround who-could` on the small agency, as somebody types them."""

from __future__ import annotations

import csv
import json

import pytest

from scheduler.intake.rota_rows import load_rota
from scheduler.rota_json import from_json
from tests.cli.conftest import FROM, run

HEADER = ("told", "kind", "carer", "client", "visit", "minutes", "begins", "time")


@pytest.fixture
def events(tmp_path):
    """Writes events.csv: its path."""

    def write(*rows):
        path = tmp_path / "events.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return path

    return write


@pytest.fixture
def busy(planned, problem):
    """The carer with most to do on Tuesday."""
    rota = load_rota(planned.out / "rota.json", problem)
    carers = [leg.carer for leg in rota.legs if leg.start // 1440 == 1]
    return max(sorted(set(carers)), key=carers.count)


def repair(planned, path, out, *more):
    rota = planned.out / "rota.json"
    return run("repair", planned.source, rota, path, "--out", out, "--iterations", "60", *FROM, *more)


def test_proposals_are_written_with_the_people_to_tell(planned, events, busy, tmp_path, problem):
    before = (planned.out / "rota.json").read_bytes()
    path = events(("2026-11-24 05:00", "absent", busy, "", "", "", "", ""))
    done = repair(planned, path, tmp_path / "out")
    assert done.code == 0, done.err
    assert "is absent from Tue 05:00 to Tue 24:00." in done.err
    assert done.out.startswith("Fewest changes: ")
    told = json.loads((tmp_path / "out/summary.json").read_text())
    assert told["now"] == "Tue 05:00"
    for one in told["proposals"]:
        assert one["hard_findings"] == 0
        rota = from_json((tmp_path / f"out/{one['name']}/rota.json").read_bytes())
        assert not [leg for leg in rota.legs if leg.carer == busy and 1740 <= leg.start < 2880]
        rows = list(
            csv.DictReader((tmp_path / f"out/{one['name']}/people_to_tell.csv").open(encoding="utf-8-sig"))
        )
        assert len(rows) == one["people_to_tell"] > 0
        assert {row["who"] for row in rows} <= {"client", "carer"}
        assert not any("\n" in row["sentence"] for row in rows)
    assert (planned.out / "rota.json").read_bytes() == before
    assert (
        from_json((tmp_path / "out/before.json").read_bytes()).legs
        == load_rota(planned.out / "rota.json", problem).legs
    )


def test_the_same_events_give_the_same_files(planned, events, busy, tmp_path):
    path = events(("2026-11-24 05:00", "absent", busy, "", "", "", "", ""))
    for name in ("one", "two"):
        repair(planned, path, tmp_path / name)
    one, two = (tmp_path / name / "fewest/rota.json" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_all_that_is_wrong_is_told_with_row_and_column_and_nothing_is_written(planned, events, tmp_path):
    path = events(
        ("2026-11-24", "absent", "K01", "", "", "", "", ""),
        ("2026-11-24 07:00", "flood", "K01", "", "", "", "", ""),
    )
    done = repair(planned, path, tmp_path / "out")
    assert done.code == 2
    assert "events.csv, row 2, column 'told' has '2026-11-24': the time is missing." in done.err
    assert "events.csv, row 3, column 'kind' has 'flood': this is none of the choices." in done.err
    assert not (tmp_path / "out").exists()
    late = events(
        ("2026-11-24 07:00", "absent", "K99", "", "", "", "", ""),
        ("2026-11-24 07:00", "late", "", "", "", "", "", ""),
    )
    done = repair(planned, late, tmp_path / "out")
    assert done.code == 2
    assert "row 2" in done.err
    assert "K99" in done.err
    assert "events.csv, row 3, column 'carer': 'late' needs it. Write it." in done.err


def test_a_new_package_is_answered_and_a_second_repair_builds_on_the_first(planned, events, busy, tmp_path):
    first = ("2026-11-24 05:00", "absent", busy, "", "", "", "", "")
    repair(planned, events(first), tmp_path / "one")
    call = ("2026-11-24 09:00", "new package", "", "C01", "", "30", "2026-11-25 00:00", "11:15")
    done = run(
        "repair", planned.source, tmp_path / "one/fewest/rota.json", events(first, call), "--out", tmp_path / "two",
        "--told", planned.out / "rota.json", "--iterations", "40", *FROM,
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "visits have somebody" in done.out


def test_who_could_ranks_the_carers(planned, problem, tmp_path):
    visit = next(v for v in problem.visits if v.carers == 1)
    done = run("who-could", planned.source, planned.out / "rota.json", visit.id, *FROM)
    assert done.code == 0, done.err
    assert done.out.splitlines()[1].startswith("  1. ")
    assert all(line.strip() for line in done.out.splitlines())
    assert "taken as they are" not in done.out
    typed = json.loads((planned.out / "rota.json").read_text(encoding="utf-8"))
    late = next(leg for leg in typed["legs"] if leg["visit"] != visit.id)
    late["start"] = late["start"][:11] + "23:30"
    file = tmp_path / "typed.json"
    file.write_text(json.dumps(typed), encoding="utf-8")
    told = run("who-could", planned.source, file, visit.id, *FROM)
    assert told.code == 0, told.err
    assert f"taken as they are: 1, the first {late['visit']}." in told.out.splitlines()[0]
    nobody = run(
        "who-could", planned.source, planned.out / "rota.json", visit.id, "--now", "2026-11-29 23:59", *FROM
    )
    assert nobody.out.startswith("Nobody can go")
    assert run("who-could", planned.source, planned.out / "rota.json", "none", *FROM).code == 2
