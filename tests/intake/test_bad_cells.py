"""Every kind of bad cell, row and text file in `bad/`: each is the good agency with one thing wrong, and is answered
with exactly one fault that names file, row, column and value, and says what to do."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from scheduler.errors import Fault, InputError
from scheduler.intake.load import load
from tests.intake.agencies import BAD, GOOD, MONDAY, overlaid, read_tables, write_json, write_xlsx


class Bad(NamedTuple):
    """One case: where the fault is, what stands there, and words that the problem or the cure must hold."""

    case: str
    file: str
    row: int | None
    column: str | None
    value: str | None
    says: str


CELLS = (
    # clients
    Bad("client_twice", "clients", 5, "client", "C01", "row 2 has the same id"),
    Bad("unknown_postcode", "clients", 2, "postcode", "NP20 4ZZ", "NP20 4ZX"),
    Bad("malformed_postcode", "clients", 2, "postcode", "NP2O 4AL", "Did you mean 'NP20 4AL'?"),
    Bad("no_postcode_at_all", "carers", 2, "postcode", "Newport", "not a postcode like 'NP20 1AA'"),
    Bad("northern_ireland", "clients", 3, "postcode", "BT1 1AA", "Give latitude and longitude"),
    Bad("no_place", "clients", 2, "postcode", None, "Write a postcode such as"),
    Bad("lat_without_lon", "clients", 4, "lon", None, "Write both"),
    Bad("lat_and_lon_swapped", "clients", 4, "lat", "-2.9970", "Exchange lat and lon"),
    Bad("place_abroad", "clients", 4, "lat", "51.5880", "not in the United Kingdom"),
    Bad("nobody_may_come", "clients", 2, "max_carers", "0", "Write 1 or more"),
    Bad("gender_not_a_choice", "clients", 2, "carer_gender", "woman", "any, female, male"),
    Bad("funding_misspelt", "clients", 2, "funding", "counciel", "Write 'council'"),
    Bad("neither_yes_nor_no", "clients", 2, "family_or_advocate", "sometimes", "Write 'yes' or 'no'"),
    Bad(
        "date_either_way",
        "clients",
        2,
        "plan_from",
        "01/09/2026",
        "'2026-09-01' for 1 September or '2026-01-09'",
    ),
    # visits
    Bad("visit_twice", "visits", 7, "visit", "C01-am", "row 2 has the same id"),
    Bad("unknown_client", "visits", 6, "client", "C3", "Did you mean 'C03'"),
    Bad("window_backwards", "visits", 2, "latest", "08:00", "ends before it starts at 09:15"),
    Bad("preferred_outside_window", "visits", 2, "preferred", "09:30", "outside the window 08:00 to 09:15"),
    Bad("minutes_negative", "visits", 2, "minutes", "-45", "below zero"),
    Bad("minutes_in_words", "visits", 2, "minutes", "half an hour", "Write '30'"),
    Bad("minutes_with_unit", "visits", 2, "minutes", "45 min", "Write '45'"),
    Bad("minutes_not_whole", "visits", 2, "minutes", "45.5", "Write '45' or '46'"),
    Bad("minutes_zero", "visits", 3, "minutes", "0", "1 or more"),
    Bad("minutes_of_two_days", "visits", 3, "minutes", "2880", "at most a day"),
    Bad("date_in_us_order", "visits", 2, "from", "11/23/2026", "Write '2026-11-23'"),
    Bad("date_with_dots", "visits", 2, "from", "23.11.2026", "Write '2026-11-23'"),
    Bad("date_in_words", "visits", 2, "from", "23 November 2026", "Write '2026-11-23'"),
    Bad("date_not_in_calendar", "visits", 2, "from", "2026-02-30", "no such day"),
    Bad("date_as_excel_number", "visits", 2, "from", "46349", "write '2026-11-23'"),
    Bad("year_out_of_bounds", "visits", 2, "from", "0206-09-01", "a year from 1900"),
    Bad("no_days", "visits", 2, "weekdays", None, "Write weekdays"),
    Bad("weekdays_and_date", "visits", 6, "date", "2026-11-25", "Empty one of the two"),
    Bad("weekday_misspelt", "visits", 2, "weekdays", "Moonday", "Mon-Fri"),
    Bad("time_am", "visits", 2, "preferred", "8am", "Write '08:00'"),
    Bad("time_with_dot", "visits", 2, "preferred", "8.30", "Write '08:30'"),
    Bad("time_beyond_the_day", "visits", 2, "latest", "25:00", "Write it like '08:30'"),
    Bad("start_at_midnight", "visits", 2, "latest", "24:00", "Write '23:59'"),
    Bad("three_carers", "visits", 2, "carers", "3", "Write one of: 1, 2"),
    Bad("together_alone", "visits", 2, "together_minutes", "20", "one carer only"),
    Bad("together_too_long", "visits", 4, "together_minutes", "40", "Write 1 to 30"),
    Bad("unknown_task", "visits", 2, "tasks", "get_up; ful_wash", "Did you mean 'full_wash'"),
    Bad("unknown_locked_carer", "visits", 5, "fixed_carers", "K20", "Did you mean"),
    Bad("too_many_locked", "visits", 5, "fixed_carers", "K01; K02", "takes 1"),
    Bad("every_no_week", "visits", 5, "every_weeks", "0", "Write one of: 1, 2"),
    Bad("until_before_from", "visits", 2, "until", "2026-08-31", "before `from`, 2026-09-01"),
    Bad("priority_nine", "visits", 2, "priority", "9", "1, 2, 3, 4, 5"),
    Bad("purpose_not_a_choice", "visits", 5, "purpose", "social visit", "Write 'social'"),
    Bad("empty_required_cell", "visits", 3, "preferred", None, "must not be empty"),
    Bad("id_with_semicolon", "visits", 6, "visit", "C03;check", "Use another sign"),
    # exceptions and links
    Bad("exception_unknown_visit", "exceptions", 3, "visit", "C01-bet", "Did you mean 'C01-bed'"),
    Bad("exception_of_another", "exceptions", 3, "visit", "C01-bed", "a visit of client C01, not of C02"),
    Bad("exception_backwards", "exceptions", 3, "until", "2026-11-20", "before `from`, 2026-11-24"),
    Bad("link_between_clients", "links", 2, "second", "C02-am", "one client only"),
    Bad("link_to_itself", "links", 3, "second", "C01-am", "linked to itself"),
    Bad("link_without_distance", "links", 3, "at_least", None, "Write at_least or at_most"),
    Bad("link_distances_crossed", "links", 3, "at_most", "120", "less than at_least, 240"),
    Bad("link_to_nowhere", "links", 2, "second", "C01-morning", "no row of visits has the id"),
    # carers, shifts, absences, relations
    Bad("contracted_over_max", "carers", 2, "max_hours", "20", "less than the contracted 30 hours"),
    Bad("hours_with_comma", "carers", 4, "contracted_hours", "37,5", "Write '37.5'"),
    Bad("hours_as_clock", "carers", 4, "contracted_hours", "37:30", "Write '37.5'"),
    Bad("mode_not_a_choice", "carers", 3, "mode", "bus", "car, motorcycle, bicycle, foot"),
    Bad("half_a_penny", "carers", 2, "hourly_rate", "£13.505", "Write '13.50'"),
    Bad("works_for_nothing", "carers", 2, "hourly_rate", "0", "nobody works for nothing"),
    Bad("shifts_overlap", "shifts", 3, "start", "13:30", "overlaps the one in row 2"),
    Bad("shift_backwards", "shifts", 3, "end", "06:00", "22:00 to 24:00, and 00:00 to 06:00"),
    Bad("shift_until_midnight", "shifts", 3, "end", "00:00", "Write 24:00"),
    Bad("shift_of_nobody", "shifts", 6, "carer", "K33", "Did you mean 'K03'"),
    Bad("absence_backwards", "absences", 2, "until", "2026-11-26 08:00", "before `from`, 2026-11-26 09:00"),
    Bad("absence_half_a_time", "absences", 2, "until", "2026-11-26 10h30", "Write '10:30'"),
    Bad("two_relations", "relations", 4, "relation", "never", "row 2 already says"),
    Bad("relation_not_a_choice", "relations", 2, "relation", "prefers", "Write 'prefer'"),
    # history and settings
    Bad("history_date", "history", 2, "date", "16/11/26", "Write '2026-11-16'"),
    Bad("unknown_setting", "settings", 3, "setting", "policies", "Did you mean 'policy'"),
    Bad(
        "unknown_price", "settings", 7, "setting", "continuity.new_fase", "Did you mean 'continuity.new_face'"
    ),
    Bad("price_in_pounds", "settings", 7, "value", "£12", "continuity.new_face: this is not a number"),
    Bad("policy_not_a_choice", "settings", 3, "value", "wels", "Write 'wales'"),
    Bad("setting_out_of_bounds", "settings", 5, "value", "4500", "from 0 to 500"),
    Bad("setting_twice", "settings", 8, "setting", "Policy", "row 3 has the same setting"),
)
"""Faults of cells: the same in a folder, a workbook and a JSON file."""

FILES = (
    Bad("missing_column", "clients", 1, "name", None, "Add it"),
    Bad("misspelt_column", "clients", 1, "name", None, "Is it 'nmae'?"),
    Bad("column_twice", "clients", 1, "name", None, "Keep one"),
    Bad("no_header", "clients", 1, None, "C01", "Name them: client, name"),
    Bad("empty_file", "clients", None, None, None, "Export it again"),
    Bad("only_blank_lines", "clients", None, None, None, "Name the columns in the first row"),
    Bad("comma_unquoted", "clients", 2, "P", "quietly.", "between double quotes"),
    Bad("unclosed_quote", "clients", 2, None, None, "double quote"),
    Bad("invisible_sign", "clients", 2, "name", "Olive? Tester", "Type it anew"),
    Bad("windows_1252", "clients", 2, "name", "Zoë Tester", "CSV UTF-8"),
    Bad("utf_16", "clients", None, None, None, "CSV UTF-8"),
    Bad("nul_bytes", "clients", 3, None, None, "NUL bytes"),
    Bad("pdf_called_csv", "clients", None, None, None, "a PDF file"),
)
"""Faults that only a CSV file can have."""


@pytest.mark.parametrize("bad", [*CELLS, *FILES], ids=lambda bad: bad.case)
def test_a_folder_names_the_cell_and_the_cure(bad, tmp_path):
    assert_only(bad, f"{bad.file}.csv", faults(overlaid(bad.case, tmp_path / "week")))


@pytest.mark.parametrize("bad", CELLS, ids=lambda bad: bad.case)
def test_a_workbook_names_the_same_cell(bad, tmp_path):
    tables = read_tables(overlaid(bad.case, tmp_path / "week"))
    assert_only(bad, f"week.xlsx, sheet {bad.file}", faults(write_xlsx(tables, tmp_path / "week.xlsx")))


@pytest.mark.parametrize("bad", CELLS, ids=lambda bad: bad.case)
def test_json_names_the_same_entry(bad, tmp_path):
    """An entry's number is one less than the row's: a JSON file has no header. Rows named in words shift likewise."""
    tables = read_tables(overlaid(bad.case, tmp_path / "week"))
    found = faults(write_json(tables, tmp_path / "week.json"))
    shifted = bad._replace(row=(bad.row or 0) - 1, says=bad.says.partition("row ")[0])
    assert_only(shifted, f"week.json, table {bad.file}", found)


def test_every_bad_folder_is_expected_here():
    assert sorted(bad.case for bad in (*CELLS, *FILES)) == sorted(path.name for path in BAD.iterdir())


def test_the_good_agency_is_good():
    assert faults(GOOD) == []


def faults(source) -> list[Fault]:
    try:
        load(source, MONDAY)
    except InputError as error:
        return list(error.faults)
    return []


def assert_only(bad: Bad, file: str, found: list[Fault]) -> None:
    assert len(found) == 1, found
    fault = found[0]
    assert (fault.file, fault.row, fault.column, fault.value) == (file, bad.row, bad.column, bad.value)
    assert bad.says in f"{fault.problem} {fault.cure}"
    assert fault.problem.endswith((".", "?"))
    assert fault.cure.endswith((".", "?"))
