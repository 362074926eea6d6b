"""What is legal and probably not meant, or cannot be met: a warning with its reason, and the rest is planned."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.intake.load import load_with_warnings
from scheduler.units import clock
from tests.intake.agencies import MONDAY, added, changed, read_tables, without, write_folder


@pytest.fixture
def calm():
    """The good agency with the two things put right of which it is warned, so that each test sees its own only."""
    tables = changed(read_tables(), "visits", 4, carers="1", together_minutes="")
    return changed(without(tables, "exceptions"), "absences", 2, from_="2026-11-23", until="2026-11-23 06:00")


@pytest.fixture
def warn(tmp_path):
    def run(tables):
        return load_with_warnings(write_folder(tables, tmp_path / "week"), MONDAY).warnings

    return run


@pytest.fixture
def only(warn):
    def run(tables):
        (warning,) = warn(tables)
        return warning

    return run


def test_nothing_to_warn_of(calm, warn):
    assert warn(calm) == ()


class TestWhatIsNotRead:
    def test_unknown_column(self, calm, only):
        calm["clients"] = [[*row, "x"] for row in calm["clients"]]
        calm["clients"][0][-1] = "Shoe size"
        warning = only(calm)
        assert (warning.file, warning.row, warning.column) == ("clients.csv", 1, "Shoe size")
        assert warning.problem == "this column is not known; it is not read."

    def test_unknown_column_that_is_nearly_known(self, calm, only):
        calm["clients"] = [[*row[:-2], *row[-1:], ""] for row in calm["clients"]]
        calm["clients"][0][-1] = "aera"
        assert only(calm).cure == "Call it 'area' if it is that."

    def test_unknown_table(self, calm, only):
        warning = only({**calm, "invoices": [["a"]]})
        assert (warning.file, warning.problem) == (
            "invoices.csv",
            "no table is called 'invoices'; it is not read.",
        )

    def test_a_rota_beside_the_tables_is_no_stranger(self, calm, warn):
        assert warn({**calm, "rota": [["visit"]]}) == ()


class TestPeopleAndPast:
    def test_history_of_people_who_left_is_kept(self, calm, tmp_path):
        calm["history"] += [["2026-11-10", "C01", "K99", "", ""], ["2026-11-11", "C88", "K99", "", ""]]
        loaded = load_with_warnings(write_folder(calm, tmp_path / "week"), MONDAY)
        assert [(w.row, w.column, w.value) for w in loaded.warnings] == [
            (5, "client", "C88"),
            (4, "carer", "K99"),
        ]
        assert len(loaded.problem.history) == 4

    def test_history_that_is_not_past(self, calm, only):
        warning = only(added(calm, "history", date="2026-11-23", client="C01", carer="K01"))
        assert (warning.row, warning.column) == (4, "date")
        assert warning.problem.startswith("1 rows are on or after 2026-11-23")

    def test_a_carer_without_shifts(self, calm, only):
        warning = only(added(calm, "carers", carer="K04", name="Viv Void", postcode="NP20 1AA"))
        assert warning.problem == "Viv Void has no shift, and so gets no visits."

    def test_a_skill_that_nobody_has(self, calm, warn):
        skill, visit = warn(changed(calm, "visits", 6, skills="hoists"))
        assert (skill.row, skill.column) == (6, "skills")
        assert skill.cure == "Did you mean 'hoist'?"
        assert "lacking a skill: 2" in visit.problem

    def test_coordinates_far_from_the_postcode(self, calm, only):
        warning = only(changed(calm, "clients", 2, lat="51.70", lon="-2.90"))
        assert warning.column == "lat"
        assert "14 km from postcode NP20 4AL" in warning.problem


class TestLinks:
    """C01-am starts 08:00-09:15 and lasts 45 minutes, C01-bed starts 20:30-21:30."""

    @pytest.mark.parametrize(
        "cells, column, says",
        [
            ({"at_least": "811"}, "at_least", "at most 13 h 30 min"),
            ({"at_most": "674"}, "at_most", "at least 11 h 15 min"),
            ({"at_least": "766", "measured_from": "end"}, "at_least", "at most 12 h 45 min"),
            ({"first": "C01-bed", "second": "C01-am", "at_most": "60"}, "second", "always comes before"),
        ],
    )
    def test_a_distance_that_the_windows_forbid(self, calm, only, cells, column, says):
        warning = only(added(calm, "links", **{"first": "C01-am", "second": "C01-bed", **cells}))
        assert (warning.row, warning.column) == (4, column)
        assert says in warning.problem

    @pytest.mark.parametrize("cells", [{"at_least": "810"}, {"at_most": "675"}])
    def test_a_distance_that_they_just_allow(self, calm, warn, cells):
        assert warn(added(calm, "links", first="C01-am", second="C01-bed", **cells)) == ()


class TestWhatCannotBeMet:
    @pytest.mark.parametrize(
        "change, reason",
        [
            (("visits", 3, {"preferred": "05:00"}), "without a shift that it fits into: 2, not female"),
            (("visits", 6, {"minutes": "600"}), "without a shift that it fits into: 2"),
            (("visits", 6, {"fixed_carers": "K02"}), "not locked to it: 2, never to be sent: 1"),
            (
                ("clients", 4, {"carer_gender": "male"}),
                "not male, as the client asks: 2, never to be sent: 1",
            ),
            (("relations", 3, {"relation": "only", "carer": "K03"}), "not among the only ones to be sent: 2"),
        ],
    )
    def test_a_visit_that_nobody_can_do(self, calm, warn, change, reason):
        table, row, cells = change
        calm = changed(calm, "visits", 6, purpose="care", tasks="", weekdays="", date="2026-11-25")
        found = [w for w in warn(changed(calm, table, row, **cells)) if w.file == "visits.csv"]
        assert len(found) == 1
        assert "0 of 3 carers can and 1 is needed" in found[0].problem
        assert reason in found[0].problem

    def test_a_double_up_with_one_carer(self, calm, warn):
        tables = changed(calm, "visits", 6, carers="2")
        tables = changed(tables, "absences", 3, from_="2026-11-25", until="2026-11-25")
        (found,) = (w for w in warn(tables) if w.file == "visits.csv")
        assert "1 of 3 carers can and 2 are needed" in found.problem

    def test_the_days_are_named(self, calm, warn):
        tables = changed(calm, "visits", 3, preferred="03:00")
        (found,) = (w for w in warn(tables) if w.file == "visits.csv")
        assert found.problem.startswith(
            "on 2026-11-23, 2026-11-24, 2026-11-25 and 4 days more too few carers"
        )

    def test_a_shift_with_no_client_in_reach(self, calm, only):
        """K02 walks, and lives in Cardiff now."""
        warning = only(changed(calm, "carers", 3, postcode="CF10 1AA"))
        assert (warning.file, warning.value) == ("carers.csv", "K02")
        assert (
            "4 shift(s) of Tess Trial will stay empty, the first on 2026-11-23 07:00 to 16:00"
            in warning.problem
        )
        assert "minutes from home" in warning.problem

    def test_a_shift_in_which_nothing_is_asked(self, calm, only):
        warning = only(added(calm, "shifts", carer="K01", date="2026-11-24", start="02:00", end="05:00"))
        assert "1 shift(s) of Sam Sample will stay empty" in warning.problem
        assert "no visit then is one that they may do" in warning.problem

    def test_a_period_without_visits(self, calm, warn):
        for row in calm["visits"][1:]:
            row[6] = "2026-11-20"
        assert any(w.problem == "no visit comes from 2026-11-23 to 2026-11-29." for w in warn(calm))


def in_wales(tables, policy=""):
    """The same agency in Wales, with this policy."""
    header, *rows = tables["settings"]
    kept = [row for row in rows if row[0] not in ("nation", "policy")]
    chosen = [["nation", "wales"], *([["policy", policy]] if policy else [])]
    return {**tables, "settings": [header, *kept, *chosen]}


class TestTheLawOfWales:
    @pytest.mark.parametrize("policy", ["none", "nice", "floor"])
    def test_is_never_switched_off_without_a_word(self, calm, warn, policy):
        told = [warning for warning in warn(in_wales(calm, policy)) if warning.column == "policy"]
        assert [warning.value for warning in told] == [policy]
        assert "law" in told[0].problem

    def test_says_nothing_where_it_is_kept(self, calm, warn):
        assert all(warning.column != "policy" for warning in warn(in_wales(calm)))


class TestCarersUnder18:
    """K01 is Sam, on shift daily 07:00-14:00 and 16:30-22:00; the working day of the young is 06:00-22:00."""

    @pytest.mark.parametrize(
        "start, end, left",
        [
            ("06:00", "14:00", (6 * 60, 14 * 60)),
            ("05:59", "13:59", (6 * 60, 14 * 60 - 1)),
            ("14:00", "22:00", (14 * 60, 22 * 60)),
            ("14:01", "22:01", (14 * 60 + 1, 22 * 60)),
            ("22:00", "24:00", None),
        ],
    )
    def test_are_not_planned_at_night(self, calm, tmp_path, start, end, left):
        tables = changed(changed(calm, "carers", 2, young="yes"), "shifts", 2, start=start, end=end)
        tables["shifts"] = [row for i, row in enumerate(tables["shifts"]) if i != 2]
        loaded = load_with_warnings(write_folder(tables, tmp_path / "week"), MONDAY)
        shifts = [shift for shift in loaded.problem.shifts if shift.carer == "K01"]
        assert {(s.start - s.day * 1440, s.end - s.day * 1440) for s in shifts} == ({left} if left else set())
        told = [warning for warning in loaded.warnings if "night" in warning.cure]
        as_written = left and (clock(left[0]), clock(left[1])) == (start, end)
        assert len(told) == (0 if as_written else 1)

    def test_may_work_until_23_where_the_agency_says_that_contracts_provide_for_it(self, calm, tmp_path):
        tables = changed(changed(calm, "carers", 2, young="yes"), "shifts", 2, start="06:59", end="14:00")
        tables = added(
            changed(tables, "shifts", 3, end="23:01"), "settings", setting="young_night", value="23:00-07:00"
        )
        loaded = load_with_warnings(write_folder(tables, tmp_path / "week"), MONDAY)
        today = [(s.start, s.end) for s in loaded.problem.shifts if (s.carer, s.day) == ("K01", 0)]
        assert [(clock(start), clock(end)) for start, end in today] == [
            ("07:00", "14:00"),
            ("16:30", "23:00"),
        ]
        assert sum("between 23:00 and 07:00 is left out" in w.problem for w in loaded.warnings) == 2

    def test_whose_night_is_cut_are_named_with_shift_and_cure(self, calm, warn):
        tables = changed(changed(calm, "carers", 2, young="yes"), "shifts", 3, start="21:00", end="23:00")
        (warning,) = [w for w in warn(tables) if "night" in w.cure]
        assert (warning.file, warning.row, warning.column, warning.value) == ("shifts.csv", 3, "end", "23:00")
        assert warning.problem == (
            "Sam Sample is under 18 and on shift 21:00-23:00: the time between 22:00 and 06:00 is left out "
            "(Working Time Regulations, regulation 6A)."
        )
        assert warning.cure == "Let it begin at 06:00 or later and end by 22:00; plan an adult at night."

    @pytest.mark.parametrize("end, warned", [("17:30", False), ("17:31", True)])
    def test_are_on_shift_for_eight_hours_a_day_at_the_most(self, calm, warn, end, warned):
        tables = changed(changed(calm, "carers", 2, young="yes"), "shifts", 3, end=end)
        told = [w for w in warn(tables) if "8 h" in w.cure]
        assert [w.problem for w in told] == [
            "Sam Sample is under 18 and on shift 8 h 1 min on 2026-11-23 and 6 more days: the law allows 8 h of work "
            "a day, and the planner does not see to it."
        ] * warned

    def test_and_adults_work_at_any_hour_and_longer(self, calm, warn):
        assert warn(changed(calm, "shifts", 3, end="24:00")) == ()


@pytest.mark.parametrize("rate, warned", [("12.70", True), ("12.71", False)])
def test_a_rate_below_the_minimum_wage(calm, warn, rate, warned):
    """£12.71 an hour from April 2026: no rota can make good a rate below it."""
    warnings = warn(changed(calm, "carers", 2, hourly_rate=rate))
    assert [str(warning.problem) for warning in warnings] == (
        ["£12.70 an hour is below the minimum wage of £12.71."] if warned else []
    )


def test_a_rate_that_the_minimum_wage_overtakes_within_the_planned_weeks(calm, tmp_path):
    """From Monday 23 March 2026: £12.21, and £12.71 for the week from 6 April."""
    folder = write_folder(changed(calm, "carers", 2, hourly_rate="12.21"), tmp_path / "spring")
    loaded = load_with_warnings(folder, date(2026, 3, 23), days=21)
    told = [w.problem for w in loaded.warnings if w.column == "hourly_rate"]
    assert told == ["£12.21 an hour is below the minimum wage of £12.71 in pay periods from 06/04/2026 on."]


@pytest.mark.parametrize(
    "cells, rates", [({}, [1260, 1345]), ({"setting": "living_wage", "value": "1300"}, [1300, 1300])]
)
def test_what_the_agency_set_holds_on_every_day(calm, tmp_path, cells, rates):
    """The real Living Wage is another from May 2026."""
    folder = write_folder(added(calm, "settings", **cells) if cells else calm, tmp_path / "spring")
    settings = load_with_warnings(folder, date(2026, 4, 20), days=21).problem.settings
    assert [settings.rate("living_wage", date(2026, month, 30)) for month in (4, 5)] == rates
