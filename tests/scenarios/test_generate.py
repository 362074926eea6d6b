"""Made-up agencies: the same again from the same seed, whole tables, and loaded without a fault."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scenarios.generate import SHIPPED, Spec, generate, write_csv
from scenarios.generate.dice import Dice
from scheduler.errors import CareroundError, Fault
from scheduler.intake.load import load_with_warnings
from scheduler.intake.tables import TABLES
from tests.scenarios.generated import AGENCIES, loaded, made


def unmeant(folder: Path, spec: Spec) -> list[Fault]:
    """Warnings but those of a fund that is too small, which is meant: somebody must have to choose."""
    return [w for w in load_with_warnings(folder, spec.start).warnings if w.file != "isf.csv"]


def test_one_fund_in_the_demo_is_too_small_and_nearly_all_are_not():
    warned = load_with_warnings(AGENCIES / "demo", SHIPPED["demo"].start).warnings
    assert [w.file for w in warned] == ["isf.csv"]
    assert len(loaded("demo").funds) == 5


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    spec = Spec(clients=20, seed=7)
    write_csv(generate(spec), tmp_path / "once")
    write_csv(generate(spec), tmp_path / "again")
    files = sorted(path.name for path in (tmp_path / "once").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "again").iterdir())
    for file in files:
        assert (tmp_path / "once" / file).read_bytes() == (tmp_path / "again" / file).read_bytes()


def test_another_seed_gives_another_agency():
    assert generate(Spec(clients=20, seed=1)) != generate(Spec(clients=20, seed=2))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_committed_agencies_are_what_their_command_makes(name, tmp_path):
    write_csv(made(name), tmp_path)
    committed = {path.name: path.read_bytes() for path in (AGENCIES / name).glob("*.csv")}
    assert committed == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_readme_of_an_agency_says_its_seed_and_a_command_that_makes_it(name):
    text = (AGENCIES / name / "README.md").read_text(encoding="utf-8")
    spec = SHIPPED[name]
    assert f"seed {spec.seed}" in text
    if (command := re.search(r"careround generate (.*)", text)) is None:
        assert f"generate(SHIPPED['{name}'])" in text
        return
    words = shlex.split(command[1])
    given = {words[i]: list(takes(words[i + 1 :])) for i in range(len(words)) if words[i].startswith("--")}
    assert given["--clients"] == [str(spec.clients)]
    assert given["--carers"] == [str(spec.carers)]
    assert tuple(given["--districts"]) == spec.districts
    assert given["--seed"] == [str(spec.seed)]
    # what the command does not say must be the standard
    assert spec == Spec(spec.clients, spec.carers, spec.districts, spec.seed)


def takes(words: list[str]) -> Iterator[str]:
    """The words up to the next option."""
    for word in words:
        if word.startswith("--"):
            return
        yield word


def test_written_files_have_plain_line_ends_and_used_columns_only(tmp_path):
    write_csv(
        {
            "clients": [{"client": "C1", "name": "A", "wishes": ""}, {"client": "C2", "name": "B"}],
            "links": [],
        },
        tmp_path,
    )
    assert (tmp_path / "clients.csv").read_bytes() == b"client,name\nC1,A\nC2,B\n"
    assert not (tmp_path / "links.csv").exists()


def test_writing_takes_away_the_file_of_a_table_that_has_no_rows_any_more(tmp_path):
    write_csv({"links": [{"first": "a", "second": "b"}]}, tmp_path)
    write_csv({"links": []}, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "spec",
    [
        Spec(clients=5),
        Spec(clients=6, carers=2, seed=3),
        Spec(clients=7, carers=7, light=True, history_weeks=0),
        Spec(clients=13, seed=4, start=date(2026, 12, 24)),
        Spec(clients=40, districts=("LD1", "LD2", "LD3"), setting="rural"),
        Spec(clients=30, districts=("HR3", "HR5"), setting="rural", nation="england", seed=2),
        Spec(clients=60, districts=("B13", "B14"), nation="england", policy="floor"),
        Spec(clients=45, districts=("G11", "G12"), nation="scotland"),
        Spec(clients=45, nation="northern ireland"),
        Spec(clients=120, seed=9, history_weeks=1),
        Spec(clients=500, carers=180, districts=("NP10", "NP18", "NP19", "NP20", "NP44"), history_weeks=0),
    ],
    ids=lambda spec: f"{spec.clients} {spec.setting} {spec.nation}",
)
def test_an_agency_of_any_size_loads_without_a_fault(spec, tmp_path):
    write_csv(generate(spec), tmp_path)
    found = load_with_warnings(tmp_path, spec.start)
    assert unmeant(tmp_path, spec) == [] or spec.carers == 2, (
        "two carers cannot do everything; that is not a fault"
    )
    assert len(found.problem.clients) == spec.clients
    assert len(found.problem.carers) == (spec.carers or len(found.problem.carers))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_agencies_load_without_a_warning(name):
    assert unmeant(AGENCIES / name, SHIPPED[name]) == []


def test_every_cell_is_in_a_column_of_the_register():
    columns = {table.name: set(table.names) for table in TABLES}
    for name, rows in made("demo").items():
        for row in rows:
            assert set(row) <= columns[name], name


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"clients": 4}, "4 clients; use 5 to 2,000"),
        ({"carers": 1}, "1 carers"),
        ({"districts": ()}, "no postcode district"),
        ({"districts": ("NP99",)}, "no postcode is known in district 'NP99'"),
        ({"setting": "coast"}, "'coast'"),
        ({"nation": "cornwall"}, "'cornwall'"),
        ({"policy": "kind"}, "'kind'"),
        ({"history_weeks": -1}, "-1 weeks of history"),
    ],
)
def test_a_wrong_wish_is_named(wrong, said):
    with pytest.raises(CareroundError, match=re.escape(said)):
        generate(Spec(**wrong))


def test_the_dice_fall_as_they_did_when_the_agencies_were_made():
    """A change here changes every agency that anybody made: so it is a decision, not an accident."""
    dice = Dice(1, "story")
    assert [dice.whole(1, 6) for _ in range(8)] == [2, 6, 3, 3, 6, 4, 1, 2]
    assert dice.shuffled("abcd") == ["a", "c", "d", "b"]


def test_a_quota_keeps_its_shares_as_well_as_whole_numbers_can():
    found = Counter(Dice(1).quota(10, {"a": 0.5, "b": 0.26, "c": 0.24}))
    assert found == {"a": 5, "b": 3, "c": 2}
