"""The good agency: the same Problem from a folder, a workbook and a JSON file; every default as it is written down."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from scheduler import load as friendly_load
from scheduler.domain import PayBasis, Purpose
from scheduler.errors import InputError
from scheduler.intake.load import load, load_with_warnings, next_monday
from scheduler.problem_json import to_json
from scheduler.settings import Policy
from tests.intake.agencies import (
    GOOD,
    MONDAY,
    added,
    changed,
    read_tables,
    without,
    write_folder,
    write_json,
    write_xlsx,
)


@pytest.fixture(scope="module")
def problem():
    return load(GOOD, MONDAY)


class TestTheSameFromEverywhere:
    @pytest.mark.parametrize("typed", [False, True], ids=["texts", "real numbers, dates and times"])
    def test_workbook(self, problem, tmp_path, typed):
        loaded = load(write_xlsx(read_tables(), tmp_path / "week.xlsx", typed), MONDAY)
        assert to_json(loaded) == to_json(problem)

    def test_json(self, problem, tmp_path):
        assert to_json(load(write_json(read_tables(), tmp_path / "week.json"), MONDAY)) == to_json(problem)

    @pytest.mark.parametrize("delimiter", [";", "\t"])
    def test_other_separators_with_a_note(self, problem, tmp_path, delimiter):
        loaded = load_with_warnings(write_folder(read_tables(), tmp_path / "week", delimiter), MONDAY)
        assert to_json(loaded.problem) == to_json(problem)
        assert any("separated by" in warning.problem for warning in loaded.warnings)

    def test_byte_order_mark_old_line_ends_and_empty_rows(self, problem, tmp_path):
        folder = write_folder(read_tables(), tmp_path / "week")
        for path in folder.iterdir():
            text = "\n" + path.read_text().replace("\n", "\r\n", 2) + "\n,,,\n \n"
            path.write_bytes(b"\xef\xbb\xbf" + text.encode())
        assert to_json(load(folder, MONDAY)) == to_json(problem)

    def test_headers_in_any_order_case_and_spacing(self, problem, tmp_path):
        tables = {}
        for name, rows in read_tables().items():
            titles = [title.replace("_", " ").capitalize() + " " for title in rows[0]]
            tables[name.capitalize()] = [list(reversed(row)) for row in (titles, *rows[1:])]
        assert to_json(load(write_xlsx(tables, tmp_path / "week.xlsx"), MONDAY)) == to_json(problem)

    def test_optional_tables_may_be_absent_or_bare(self, tmp_path):
        bare = {name: rows[:1] for name, rows in read_tables().items() if name in ("links", "history")}
        tables = {**without(read_tables(), "exceptions", "absences", "relations", "settings"), **bare}
        assert load(write_folder(tables, tmp_path / "week"), MONDAY).settings.agency == "Agency"

    def test_the_friendly_door(self, problem):
        assert to_json(friendly_load(str(GOOD), MONDAY)) == to_json(problem)


class TestDefaults:
    def test_window_is_half_an_hour_either_way(self, problem):
        visit = problem.visit("C01-bed:2026-11-23")
        assert (visit.earliest, visit.preferred, visit.latest) == (20 * 60 + 30, 21 * 60, 21 * 60 + 30)

    def test_time_critical_is_a_quarter_of_an_hour_and_comes_first(self, problem):
        visit = problem.visit("C02-am:2026-11-24")
        assert (visit.earliest, visit.latest) == (1440 + 8 * 60 + 45, 1440 + 9 * 60 + 15)
        assert visit.priority == 1

    def test_windows_stay_within_the_day(self, tmp_path):
        tables = changed(read_tables(), "visits", 3, preferred="23:50")
        visit = load(write_folder(tables, tmp_path / "week"), MONDAY).visit("C01-bed:2026-11-23")
        assert (visit.earliest, visit.latest) == (23 * 60 + 20, 23 * 60 + 59)

    @pytest.mark.parametrize(
        "preferred, part",
        [
            ("10:59", "morning"),
            ("11:00", "lunch"),
            ("14:59", "lunch"),
            ("15:00", "tea"),
            ("18:29", "tea"),
            ("18:30", "bed"),
        ],
    )
    def test_part_of_day(self, tmp_path, preferred, part):
        tables = changed(read_tables(), "visits", 3, preferred=preferred)
        assert load(write_folder(tables, tmp_path / "week"), MONDAY).visit("C01-bed:2026-11-23").part == part

    def test_tasks_say_what_is_needed_and_whether_it_is_personal_care(self, problem):
        morning, shop = problem.visit("C01-am:2026-11-23"), problem.visit("C02-shop:2026-11-26")
        assert morning.tasks == ("get_up", "full_wash", "dress")
        assert morning.needed == 2 + 5 + 20 + 8 + 3  # arriving, the three, the records
        assert (morning.personal_care, shop.personal_care) == (True, False)

    def test_without_tasks_care_is_personal(self, problem):
        bed = problem.visit("C01-bed:2026-11-23")
        assert (bed.tasks, bed.needed, bed.personal_care, bed.purpose) == ((), 0, True, Purpose.CARE)

    def test_wider_package_is_known_from_two_rows_or_said(self, problem):
        assert [client.wider_package for client in problem.clients] == [True, False, None]

    def test_words_that_differ_in_case_only_are_one(self, problem):
        assert problem.carer("K01").skills == {"medication", "Hoist"}
        assert problem.visit("C02-am:2026-11-23").skills == {"Hoist"}
        assert problem.carer("K01").languages == {"English", "Welsh"}

    def test_pay_terms_are_the_carers_own_or_the_agencys(self, problem):
        sam, tess, una = (carer.pay for carer in problem.carers)
        assert (sam.basis, sam.hourly, sam.mileage) == (PayBasis.SHIFT, 1350, 45)
        assert (tess.basis, tess.hourly, tess.mileage) == (PayBasis.CONTACT_TRAVEL, 0, 0)
        assert (una.basis, una.mileage) == (PayBasis.CONTACT, 20)

    def test_hours_are_minutes_inside(self, problem):
        assert [(carer.contracted, carer.most) for carer in problem.carers] == [
            (1800, 2400),
            (0, None),
            (2250, None),
        ]

    def test_settings(self, problem):
        settings = problem.settings
        assert (settings.agency, settings.policy, settings.hourly) == ("Specimen Care", Policy.NICE, 1300)
        assert settings.modes["car"].door_minutes == 4
        assert dict(settings.prices) == {"continuity.new_face": 1200}

    def test_in_wales_the_law_is_the_default(self, tmp_path):
        tables = changed(read_tables(), "settings", 3, setting="Nation", value="Wales")
        assert load(write_folder(tables, tmp_path / "week"), MONDAY).settings.policy is Policy.WALES

    def test_history_is_before_the_period(self, problem):
        first, second = problem.history
        assert (first.client, first.carer, first.start, first.minutes) == (
            "C01",
            "K01",
            -7 * 1440 + 8 * 60 + 35,
            45,
        )
        assert (second.start, second.minutes) == (-6 * 1440 + 12 * 60, 0)

    def test_a_place_by_postcode_or_by_coordinates(self, problem):
        assert problem.client("C01").place.lat == pytest.approx(51.5876, abs=0.001)
        assert (problem.client("C03").place.lat, problem.client("C03").place.lon) == (51.588, -2.997)

    def test_travel_covers_the_modes_in_use(self, problem):
        assert sorted(problem.travel) == ["bicycle", "car", "foot"]


class TestLocks:
    def test_fixed_time_and_carer(self, problem):
        visit = problem.visit("C02-shop:2026-11-26")
        assert (visit.fixed_start, visit.fixed_carers) == (3 * 1440 + 14 * 60, ("K02",))


class TestAllAtOnce:
    def test_every_fault_of_every_table(self, tmp_path):
        tables = read_tables()
        tables = changed(tables, "clients", 2, postcode="NP20 4ZZ", funding="counciel")
        tables = changed(tables, "visits", 2, minutes="-45", client="C77")
        tables = changed(tables, "shifts", 2, start="8am", carer="K77")
        tables = added(tables, "relations", client="C01", carer="K01", relation="never")
        tables = changed(tables, "settings", 3, setting="polici")
        with pytest.raises(InputError) as caught:
            load(write_folder(tables, tmp_path / "week"), MONDAY)
        assert [(f.file, f.row, f.column) for f in caught.value.faults] == [
            ("clients.csv", 2, "funding"),
            ("visits.csv", 2, "minutes"),
            ("shifts.csv", 2, "start"),
            ("settings.csv", 3, "setting"),
            ("clients.csv", 2, "postcode"),
            ("visits.csv", 2, "client"),
            ("shifts.csv", 2, "carer"),
            ("relations.csv", 4, "relation"),
        ]

    def test_an_unreadable_table_does_not_make_its_ids_unknown(self, tmp_path):
        folder = write_folder(read_tables(), tmp_path / "week")
        (folder / "clients.csv").write_bytes(b"")
        with pytest.raises(InputError) as caught:
            load(folder, MONDAY)
        assert [fault.file for fault in caught.value.faults] == ["clients.csv"]


class TestPeriod:
    @pytest.mark.parametrize("day, monday", [(23, 30), (24, 30), (29, 30), (22, 23)])
    def test_without_a_start_the_next_monday(self, day, monday):
        assert next_monday(date(2026, 11, day)) == date(2026, 11, monday)

    def test_two_weeks(self):
        problem = load(GOOD, MONDAY, days=14)
        assert problem.days == 14
        assert max(visit.day for visit in problem.visits) == 13


def test_loading_needs_neither_pandas_nor_the_solver():
    code = (
        "import sys; from datetime import date; from scheduler.intake.load import load;"
        f"load({str(GOOD)!r}, date(2026, 11, 23));"
        "print([name for name in ('pandas', 'ortools', 'numba', 'openpyxl', 'folium') if name in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
