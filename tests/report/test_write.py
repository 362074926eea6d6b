import json
from pathlib import Path
from time import process_time

import pytest

from scheduler.errors import OutputError
from scheduler.report.page import Judged
from scheduler.report.write import all_files, write_all
from scheduler.rota_json import from_json
from tests.report.weeks import a_week

EXPECTED = {"report.html", "map.html", "rota.xlsx", "rota.csv", "rota.json", "summary.json"}


@pytest.fixture
def out(tmp_path, judged):
    folder = tmp_path / "out"
    write_all(folder, judged.rota, judged.problem, judged.run, judged.reasons)
    return folder


def again(folder, judged):
    return write_all(folder, judged.rota, judged.problem, judged.run, judged.reasons)


def test_everything_is_written_and_named(tmp_path, judged):
    paths = again(tmp_path / "new" / "out", judged)
    names = {path.relative_to(tmp_path / "new" / "out").as_posix() for path in paths}
    assert names == EXPECTED | {f"carers/{carer.id}.ics" for carer in judged.problem.carers}
    assert all(path.is_file() for path in paths)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


def test_the_rota_reads_back(out, judged):
    assert from_json((out / "rota.json").read_text()).legs == judged.rota.legs


def test_the_summary_holds_all_measures_and_the_run(out, judged):
    told = json.loads((out / "summary.json").read_text())
    assert {name: told[name] for name in judged.measures} == pytest.approx(judged.measures)
    for name in ("visits", "unallocated", "hard_findings", "cost_pence", "contact_minutes", "travel_minutes"):
        assert name in told
    assert (told["seed"], told["iterations"], told["seconds"]) == (7, 12_000, 3.5)
    assert told["versions"] == {"careround": "0.1.0", "ortools": "9.15"}
    assert told["gap_by_day"][0] == {
        "date": "2026-11-02",
        "price_pence": 200_000,
        "bound_pence": 180_000,
        "gap": 0.1,
        "status": "converged",
        "unallocated": 3,
        "least_unallocated": 2,
    }
    assert told["progress"][-1] == {"seconds": 3.0, "pence": 1_500_000, "unallocated": 4}


def test_the_same_plan_gives_the_same_bytes(judged):
    fresh = Judged(judged.rota, judged.problem, judged.run, judged.reasons)
    assert all_files(judged) == all_files(fresh)


def test_what_the_rules_found_is_not_asked_twice(tmp_path, judged, monkeypatch):
    expected = all_files(judged)
    monkeypatch.delattr("scheduler.report.page.check")
    out = tmp_path / "out"
    write_all(out, judged.rota, judged.problem, judged.run, judged.reasons, checked=judged.report)
    assert {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.*")} == expected


def test_four_times_the_visits_take_no_sixteen_times_as_long_to_write():
    spent = []
    for clients, carers in ((34, 13), (34, 13), (135, 50)):  # the first for all that is imported
        rota, problem = a_week(clients=clients, carers=carers)
        before = process_time()
        all_files(Judged(rota, problem))
        spent.append(process_time() - before)
    assert len(problem.visits) > 2400
    assert spent[2] < 8 * spent[1]


def test_our_own_folder_is_replaced(out, judged):
    (out / ".DS_Store").write_text("of a desktop")
    assert again(out, judged)
    assert not (out / ".DS_Store").exists()
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_empty_folder_is_used(tmp_path, judged):
    (tmp_path / "empty").mkdir()
    assert again(tmp_path / "empty", judged)


@pytest.mark.parametrize("name", ["letter.docx", "carers/notes.txt", "rota.xlsx.bak", "clients.csv"])
def test_a_folder_with_anything_of_others_is_left_alone(out, judged, name):
    (out / name).write_text("mine")
    before = (out / "report.html").read_bytes()
    with pytest.raises(OutputError, match="is not ours: choose another folder"):
        again(out, judged)
    assert (out / name).read_text() == "mine"
    assert (out / "report.html").read_bytes() == before


def test_a_workbook_that_was_changed_since_is_left_alone(out, judged):
    (out / "rota.xlsx").write_bytes(b"a coordinator's own work")
    with pytest.raises(OutputError, match=r"rota\.xlsx was changed since it was written: move it away"):
        again(out, judged)


@pytest.mark.parametrize("summary", ["", "[]", '{"files": 3}', "{}"])
def test_without_a_summary_of_ours_nothing_is_ours(out, judged, summary):
    (out / "summary.json").write_text(summary)
    with pytest.raises(OutputError, match="is not ours"):
        again(out, judged)


def test_a_file_is_not_a_folder(tmp_path, judged):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="is a file: name a folder"):
        again(tmp_path / "out", judged)


def test_nothing_half_written_is_left_when_the_disk_is_full(out, judged, monkeypatch):
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    real = Path.write_bytes

    def full(path, content):
        if path.name == "rota.json":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match=r"could not be written \(No space left on device\)"):
        again(out, judged)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_the_old_folder_is_put_back_when_the_new_one_cannot_take_its_place(out, judged, monkeypatch):
    before = (out / "report.html").read_bytes()
    real = Path.rename
    calls = []

    def rename(path, target):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OutputError, match="could not be written"):
        again(out, judged)
    monkeypatch.undo()
    assert (out / "report.html").read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["out"]
