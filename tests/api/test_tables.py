"""The agency's tables through the API: import with every fault, export, one table anew."""

import html
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api.desk.tables import Upload, read_files
from scheduler.errors import InputError
from scheduler.intake.load import load
from scheduler.problem_json import to_json
from scheduler.rules import RULES
from scheduler.uk import figures
from tests.api.conftest import SMALL, START, small_files
from tests.api.people import made, refused

IMPORTS = f"/agencies/a/imports?start={START}"


def test_a_folder_is_imported_as_a_new_version(coordinator):
    before = made(coordinator.get("/agencies/a/tables"))["version"]
    answer = made(coordinator.post(IMPORTS, files=small_files()))
    assert answer["version"] == before + 1
    assert answer["rows"]["clients"] == len((SMALL / "clients.csv").read_text().splitlines()) - 1
    assert answer["rows"]["absences"] == 0 or (SMALL / "absences.csv").exists()
    tables = coordinator.get("/agencies/a/tables")
    assert tables.headers["etag"] == f'"{before + 1}"'


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_what_is_exported_can_be_imported_and_is_the_same_problem(coordinator, kind, tmp_path):
    exported = coordinator.get(f"/agencies/a/export.{kind}")
    assert exported.status_code == 200
    file = tmp_path / f"agency.{kind}"
    file.write_bytes(exported.content)
    assert to_json(load(file, START)) == to_json(load(SMALL, START))
    answer = made(coordinator.post(IMPORTS, files=[("files", (file.name, exported.content))]))
    assert answer["rows"] == made(coordinator.get("/agencies/a/tables"))["rows"]


def test_a_workbook_has_texts_only(coordinator):
    book = load_workbook(BytesIO(coordinator.get("/agencies/a/export.xlsx").content))
    cells = [cell for row in book["Clients"].iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_every_fault_comes_back_with_its_place_and_nothing_is_changed(coordinator):
    before = made(coordinator.get("/agencies/a/tables"))
    files = [
        (field, (name, content.replace(b"NP20", b"ZZ99") if name == "clients.csv" else content))
        for field, (name, content) in small_files()
    ]
    body = refused(coordinator.post(IMPORTS, files=files), 422, "nothing was changed")
    assert len(body["faults"]) > 1
    fault = body["faults"][0]
    assert (fault["file"], fault["column"]) == ("clients.csv", "postcode")
    assert fault["row"] >= 2
    assert fault["cure"]
    assert made(coordinator.get("/agencies/a/tables")) == before


def test_a_dry_run_changes_nothing(coordinator):
    before = made(coordinator.get("/agencies/a/tables"))
    assert (
        made(coordinator.post(f"{IMPORTS}&dry_run=true", files=small_files()))["version"] == before["version"]
    )
    assert made(coordinator.get("/agencies/a/tables")) == before


def test_files_that_cannot_be_meant_are_refused(coordinator):
    one = ("files", ("agency.json", b"{}"))
    refused(coordinator.post(IMPORTS, files=[one, one]), 422, "one workbook")
    refused(coordinator.post(IMPORTS, files=[("files", ("notes.docx", b"x"))]), 422)
    refused(coordinator.post(IMPORTS, files=[("files", ("week.xlsx", b"not a workbook"))]), 422)


def test_the_name_of_a_file_never_chooses_where_it_is_written(tmp_path):
    victim = tmp_path / "victim.csv"
    content = (SMALL / "clients.csv").read_bytes()
    with pytest.raises(InputError):
        read_files([Upload(f"../../../..{victim}", content)], START)
    assert not victim.exists()


def test_one_table_is_put_anew_on_the_version_that_was_seen(coordinator):
    answer = coordinator.get("/agencies/a/tables/clients?limit=500")
    rows, version = answer.json()["items"], answer.json()["version"]
    rows[0]["wishes"] = "Likes the radio on."
    body = {"rows": rows}
    refused(coordinator.put("/agencies/a/tables/clients", body), 428)
    assert (
        made(coordinator.put("/agencies/a/tables/clients", body, version=version))["version"] == version + 1
    )
    refused(coordinator.put("/agencies/a/tables/clients", body, version=version), 412, "since")
    assert made(coordinator.get("/agencies/a/tables/clients"))["items"][0]["wishes"] == "Likes the radio on."
    body["rows"][0]["postcode"] = "nowhere"
    fault = refused(coordinator.put("/agencies/a/tables/clients", body, version=version + 1), 422)["faults"][
        0
    ]
    assert (fault["row"], fault["column"]) == (1, "postcode")
    made(coordinator.post(IMPORTS, files=small_files()))  # as it was, for the others


def test_a_table_comes_in_pages(coordinator):
    rows: list[object] = []
    after: str | None = "0"
    while after is not None:
        page = made(coordinator.get(f"/agencies/a/tables/history?limit=200&after={after}"))
        rows += page["items"]
        after = page["next"]
    assert len(rows) == made(coordinator.get("/agencies/a/tables"))["rows"]["history"]
    refused(coordinator.get("/agencies/a/tables/horses"), 404)


def test_an_agency_without_data_says_so(people):
    other = people["other"]
    id = made(other.post("/agencies", {"name": "Empty"}))["id"]
    refused(other.get(f"/agencies/{id}/tables"), 409, "import")
    refused(other.post(f"/agencies/{id}/plans", {"start": "2026-11-23"}), 409, "import")


def test_what_plans_stand_on_is_told_with_the_prices_of_the_agency(people):
    """Settings as typed, every price of every rule with its sentence, every UK figure with source, date and mark."""
    other = people["other"]
    version = made(other.get("/agencies/b/tables"))["version"]
    rows = made(other.get("/agencies/b/tables/settings"))["items"]
    rule, price = next((rule, price) for rule in RULES for price in rule.prices)
    mine = [*(row for row in rows if row["setting"] != price.name), {"setting": price.name, "value": "4321"}]
    made(other.put("/agencies/b/tables/settings", {"rows": mine}, version=version))
    told = made(other.get("/agencies/b/settings"))
    assert told["own"] == [{"setting": row["setting"], "value": row["value"]} for row in mine]
    named = {one["setting"]: one for one in told["prices"]}
    assert set(named) == {price.name for rule in RULES for price in rule.prices}
    wanted = {"rule": rule.label, "sentence": price.sentence, "pence": price.pence, "own": "4321"}
    assert named[price.name] == {"setting": price.name, **wanted}
    assert [(one["name"], one["since"], one["mark"]) for one in told["figures"]] == [
        (one.name, one.since.isoformat(), one.mark) for one in figures()
    ]
    assert all(one["source"] and (one["link"] or one["note"]) for one in told["figures"])
    page = other.client.get("/a/b/settings").text
    assert "4321" in page
    assert html.escape(price.sentence) in page
    made(other.put("/agencies/b/tables/settings", {"rows": rows}, version=version + 1))
