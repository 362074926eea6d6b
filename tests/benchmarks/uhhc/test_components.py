"""Every component and constraint of the format, worked by hand and read twice: by the rules and by the judge."""

import pytest

from tests.benchmarks.uhhc.builders import (
    LUNCH,
    TOGETHER,
    a_caregiver,
    a_patient,
    an_instance,
    both,
    case_of,
    sequence,
    values,
    wrong,
)

ONE = [a_patient()]  # at 20 on the road, 10 minutes, 100-200
SHIFT = (0, 600)


def test_travel_counts_every_leg_from_home_to_home():
    patients = [a_patient("p1", 1), a_patient("p2", 2, windows=((0, 300),))]
    plan = {"p1 s1": ("c1", 100), "p2 s1": ("c1", 140)}  # 0 -> 20 -> 50 -> 0
    assert values(an_instance(patients, weights={"travel_time": 3}), plan)["travel_time"] == 20 + 30 + 50


def test_travel_goes_from_the_departing_to_the_arrival_point():
    carer = a_caregiver() | {"arrival_point": "e"}
    data = an_instance(ONE, [carer], {"travel_time": 1})
    data["terminal_points"].append({"id": "e", "distance_matrix_index": 3})
    assert values(data, {"p1 s1": ("c1", 100)})["travel_time"] == 20 + 40


@pytest.mark.parametrize("at_end, start, late", [
    (False, 200, 0), (False, 201, 1), (True, 190, 0), (True, 191, 1),
])  # fmt: skip
def test_late_by_one_minute_at_the_start_or_at_the_end(at_end, start, late):
    data = an_instance(ONE, weights={"total_tardiness": 2}, at_end=at_end)
    assert values(data, {"p1 s1": ("c1", start)}).get("total_tardiness", 0) == late


def test_where_lateness_is_a_constraint_one_minute_is_too_much():
    data = an_instance(ONE, weights={"total_tardiness": "HARD"}, at_end=True)
    assert not wrong(data, {"p1 s1": ("c1", 190)}, "total_tardiness")
    assert wrong(data, {"p1 s1": ("c1", 191)}, "total_tardiness")


def test_where_lateness_is_no_component_it_is_free():
    report, verdict = both(an_instance(ONE, weights={"travel_time": 1}), {"p1 s1": ("c1", 500)})
    assert report.clean
    assert not verdict.errors
    assert case_of(an_instance(ONE)).objective(report.total) == verdict.objective == 40


def test_nobody_starts_before_the_window():
    data = an_instance(ONE)
    assert not wrong(data, {"p1 s1": ("c1", 100)}, "total_tardiness")
    assert wrong(data, {"p1 s1": ("c1", 99)}, "total_tardiness")


@pytest.mark.parametrize("start, late", [(150, 0), (160, 10), (299, 149), (300, 0), (401, 1)])
def test_of_two_windows_the_last_that_has_opened_counts(start, late):
    data = an_instance([a_patient(windows=((100, 150), (300, 400)))], weights={"total_tardiness": 2})
    assert values(data, {"p1 s1": ("c1", start)}).get("total_tardiness", 0) == late


@pytest.mark.parametrize("second, start, late", [
    ((151, 400), 151, 0),  # touches the first
    ((120, 400), 400, 0),  # overlaps it
    ((120, 130), 119, 0), ((120, 130), 131, 1), ((120, 130), 150, 20),  # within it: it alone counts once it is open
])  # fmt: skip
def test_windows_that_touch_overlap_or_nest(second, start, late):
    data = an_instance([a_patient(windows=((100, 150), second))], weights={"total_tardiness": 2})
    assert values(data, {"p1 s1": ("c1", start)}).get("total_tardiness", 0) == late


def test_the_worst_lateness_counts_once_more():
    patients = [a_patient("p1"), a_patient("p2", windows=((0, 100),)), a_patient("p3", windows=((0, 130),))]
    data = an_instance(patients, weights={"total_tardiness": 2, "highest_tardiness": 3})
    plan = {"p1 s1": ("c1", 120), "p2 s1": ("c1", 130), "p3 s1": ("c1", 140)}
    found = values(data, plan)
    assert (found["total_tardiness"], found["highest_tardiness"]) == (30 + 10, 30)


def test_there_is_no_waiting_before_the_first_visit_but_before_the_others():
    patients = [a_patient("p1", 1), a_patient("p2", 2, windows=((0, 300),))]
    data = an_instance(patients, weights={"total_waiting_time": 5})
    plan = {"p1 s1": ("c1", 100), "p2 s1": ("c1", 145)}  # free at 110, there at 140
    assert values(data, plan)["total_waiting_time"] == 5


def test_bazirha_carers_leave_when_the_shift_starts_and_wait_for_the_first_visit():
    data = an_instance(ONE, [a_caregiver(shift=(10, 600))], {"total_waiting_time": 5}, origin="bazirha-caie")
    assert values(data, {"p1 s1": ("c1", 100)})["total_waiting_time"] == 100 - 10 - 20


@pytest.mark.parametrize("start, over", [(100, 0), (101, 1)])
def test_back_one_minute_after_the_shift(start, over):
    carer = a_caregiver(shift=(0, 130))  # 10 minutes there, 20 back
    plan = {"p1 s1": ("c1", start)}
    assert values(an_instance(ONE, [carer], {"total_extra_time": 7}), plan).get("total_extra_time", 0) == over
    strict = an_instance(ONE, [carer], {"total_extra_time": "HARD"})
    assert wrong(strict, plan, "total_extra_time") == bool(over)


@pytest.mark.parametrize("origin", ["generated", "bazirha"])
def test_nobody_leaves_before_the_shift(origin):
    carer = a_caregiver(shift=(80, 300))
    rule = "total_extra_time" if origin == "generated" else "travel_time"  # who leaves at 80 is late at p1
    assert not wrong(an_instance(ONE, [carer], origin=origin), {"p1 s1": ("c1", 100)}, rule)
    assert wrong(
        an_instance([a_patient(windows=((0, 200),))], [carer], origin=origin), {"p1 s1": ("c1", 99)}, rule
    )


def test_without_a_shift_nobody_leaves_before_0():
    soon = an_instance([a_patient(windows=((0, 200),))])
    assert not wrong(soon, {"p1 s1": ("c1", 20)}, "total_extra_time")  # 20 minutes on the road
    assert wrong(soon, {"p1 s1": ("c1", 19)}, "total_extra_time")


def test_the_carer_with_most_idle_time_counts():
    carers = [a_caregiver("c1", shift=(50, 400)), a_caregiver("c2", shift=(0, 200))]
    patients = [a_patient("p1", 1), a_patient("p2", 2, windows=((0, 300),))]
    data = an_instance(patients, carers, {"max_idle_time": 11})
    # c1 works 20 + 10 + 30 + 10 + 50 = 120 of 350; c2, unused, is idle for the whole shift of 200.
    plan = {"p1 s1": ("c1", 100), "p2 s1": ("c1", 145)}
    assert values(data, plan)["max_idle_time"] == 350 - 120
    carers[1]["working_shift"]["end"] = 231
    assert values(data, plan)["max_idle_time"] == 231


def test_idle_time_of_a_carer_who_is_back_late_is_what_is_left_within_the_day():
    carer = a_caregiver(shift=(50, 120))
    data = an_instance(ONE, [carer], {"max_idle_time": 11})
    # Leaves at 90 (40 idle), back at 140: 20 over, none idle after the shift.
    assert values(data, {"p1 s1": ("c1", 110)})["max_idle_time"] == 40


def test_who_is_not_preferred_counts_by_service():
    two = a_patient(services=(("s1", 10), ("s2", 10)), preferred_caregivers=["c1"])
    carers = [a_caregiver(id) for id in ("c1", "c2", "c3")]
    data = an_instance([two], carers, {"caregiver_preferences": 13})
    assert values(data, {"p1 s1": ("c3", 100), "p1 s2": ("c2", 110)})["caregiver_preferences"] == 2
    assert values(data, {"p1 s1": ("c1", 100), "p1 s2": ("c2", 110)})["caregiver_preferences"] == 1


def test_where_preferences_are_a_constraint_nobody_else_may_come():
    data = an_instance(
        [a_patient(preferred_caregivers=["c1"])],
        [a_caregiver("c1"), a_caregiver("c2")],
        {"caregiver_preferences": "HARD"},
    )
    assert not wrong(data, {"p1 s1": ("c1", 100)}, "who")
    assert wrong(data, {"p1 s1": ("c2", 100)}, "who")


def test_abilities_and_barred_carers():
    patient = a_patient(incompatible_caregivers=["c2"])
    data = an_instance([patient], [a_caregiver("c1"), a_caregiver("c2"), a_caregiver("c3", ["s2"])])
    assert [wrong(data, {"p1 s1": (carer, 100)}, "who") for carer in ("c1", "c2", "c3")] == [
        False,
        True,
        True,
    ]


def test_an_optional_client_counts_once_for_both_services():
    pair = a_patient(services=(("s1", 10), ("s2", 10)), sync=TOGETHER, optional=True)
    data = an_instance([pair, a_patient("p2")], weights={"optional_patients": 170})
    assert values(data, {"p2 s1": ("c1", 100)})["optional_patients"] == 1


def test_a_client_is_visited_for_both_services_or_not_at_all():
    pair = a_patient(services=(("s1", 10), ("s2", 10)), sync=sequence(0, 50), optional=True)
    data = an_instance([pair])
    assert wrong(data, {"p1 s1": ("c1", 100)}, "unallocated")
    assert not wrong(data, {}, "unallocated")


def test_a_client_who_must_be_visited_and_is_not_outweighs_all_else_and_is_an_error_to_the_judge():
    report, verdict = both(an_instance(ONE, weights={"travel_time": 1}), {})
    assert case_of(an_instance(ONE)).objective(report.total) == 10**6
    assert verdict.errors == ("p1 must be visited and is not.",)


@pytest.mark.parametrize("sync, apart, kept", [
    (TOGETHER, 0, True), (TOGETHER, 1, False), (TOGETHER, -1, False),
    (sequence(15, 30), 14, False), (sequence(15, 30), 15, True), (sequence(15, 30), 30, True),
    (sequence(15, 30), 31, False), (None, 0, True), (None, -40, True),
])  # fmt: skip
def test_two_services_keep_their_distance(sync, apart, kept):
    pair = a_patient(services=(("s1", 10), ("s2", 10)), sync=sync)
    data = an_instance([pair], [a_caregiver("c1"), a_caregiver("c2")])
    assert wrong(data, {"p1 s1": ("c1", 150), "p1 s2": ("c2", 150 + apart)}, "gaps") != kept


def test_two_services_are_given_by_two_carers():
    pair = a_patient(services=(("s1", 10), ("s2", 10)))
    data = an_instance([pair], [a_caregiver("c1"), a_caregiver("c2")])
    assert not wrong(data, {"p1 s1": ("c1", 100), "p1 s2": ("c2", 110)}, "two_carers")
    assert wrong(data, {"p1 s1": ("c1", 100), "p1 s2": ("c1", 110)}, "two_carers")


def test_where_nothing_may_be_late_both_services_fall_into_one_window():
    pair = a_patient(services=(("s1", 10), ("s2", 10)), windows=((100, 200), (300, 400)))
    carers = [a_caregiver("c1"), a_caregiver("c2")]
    strict = an_instance([pair], carers, {"total_tardiness": "HARD"})
    assert not wrong(strict, {"p1 s1": ("c1", 200), "p1 s2": ("c2", 100)}, "one_window")
    assert not wrong(strict, {"p1 s1": ("c1", 400), "p1 s2": ("c2", 300)}, "one_window")
    assert wrong(strict, {"p1 s1": ("c1", 200), "p1 s2": ("c2", 300)}, "one_window")
    soft = an_instance([pair], carers, {"total_tardiness": 1})
    assert not wrong(soft, {"p1 s1": ("c1", 200), "p1 s2": ("c2", 300)}, "one_window")


def test_three_services_together():
    three = a_patient(services=(("s1", 10), ("s2", 10), ("s3", 10)), sync=TOGETHER)
    carers = [a_caregiver(id, ["s1", "s2", "s3"]) for id in ("c1", "c2", "c3")]
    plan = {"p1 s1": ("c1", 150), "p1 s2": ("c2", 150)}
    assert not wrong(an_instance([three], carers), plan | {"p1 s3": ("c3", 150)}, "gaps")
    assert wrong(an_instance([three], carers), plan | {"p1 s3": ("c3", 151)}, "gaps")


@pytest.mark.parametrize("start, kept", [(140, True), (139, False)])
def test_a_carer_arrives_before_the_visit_starts(start, kept):
    patients = [a_patient("p1", 1), a_patient("p2", 2, windows=((0, 300),))]
    plan = {"p1 s1": ("c1", 100), "p2 s1": ("c1", start)}  # free at 110, 30 minutes of road
    assert wrong(an_instance(patients), plan, "travel_time") != kept


def test_balance_is_the_distance_from_the_mean_and_a_begun_minute_counts():
    carers = [a_caregiver("c1"), a_caregiver("c2"), a_caregiver("c3")]
    data = an_instance(ONE, carers, {"workload_balance": 23})
    # Work 50, 0, 0: the mean is 16 2/3, off it by 33 1/3 and twice 16 2/3.
    assert values(data, {"p1 s1": ("c1", 100)})["workload_balance"] == 34 + 17 + 17


# -- lunch: 30 minutes that start in 180..360 (at the start) or end by 360 (at the end) --------------------------------

TWO = [a_patient("p1", 1, windows=((0, 600),)), a_patient("p2", 2, windows=((0, 600),))]  # 30 minutes apart
HUNGRY = a_caregiver(shift=SHIFT, lunch_break=True)
PRICES = {"total_waiting_time": 5, "missed_lunch_break": 190, "total_extra_time": 7, "max_idle_time": 11}


def lunch_of(
    first: int, second: int, at_end: bool = False, shift: tuple[int, int] = SHIFT
) -> dict[str, float]:
    """The measures of p1 at `first` and p2 at `second`; waiting, lunch and extra time only."""
    carer = HUNGRY | {"working_shift": {"start": shift[0], "end": shift[1]}}
    data = an_instance(TWO, [carer], PRICES, at_end=at_end, lunch=LUNCH)
    found = values(data, {"p1 s1": ("c1", first), "p2 s1": ("c1", second)})
    kept = ("total_waiting_time", "missed_lunch_break", "total_extra_time")
    return {part: value for part, value in found.items() if part in kept}


def test_lunch_in_a_gap_that_it_just_fits_is_no_waiting():
    assert lunch_of(200, 270) == {}  # free at 210, 30 lunch, 30 road


def test_a_gap_that_is_a_minute_too_short_for_lunch():
    # No time before p1 either: lunch is 279-309 at p2, and the carer is back at 359.
    assert lunch_of(200, 269, shift=(180, 358)) == {"total_waiting_time": 29, "total_extra_time": 1}


def test_lunch_at_the_next_place_where_it_is_too_early_at_the_first():
    assert lunch_of(100, 210) == {"total_waiting_time": 40}  # free at 110; 180-210 at p2, not on the road


@pytest.mark.parametrize("at_end, last", [(False, 360), (True, 330)])
def test_lunch_starts_by_360_or_ends_by_360(at_end, last):
    """p1 ends at the last minute at which lunch may start, or one later; the shift begins too late for it before."""
    leave = last - 10 - 20
    assert lunch_of(last - 10, last + 60, at_end, (leave, 600)) == {}
    assert lunch_of(last - 9, last + 61, at_end, (leave + 1, 600)) == {
        "total_waiting_time": 30,
        "missed_lunch_break": 1,
    }


def test_lunch_before_the_first_visit_lets_the_carer_leave_earlier():
    assert lunch_of(400, 440) == {}
    # The wait between lunch (which starts by 360) and p1 is none.
    assert lunch_of(500, 540) == {}
    # On shift from 350: lunch at home, then 20 minutes of road. A minute later there is no time for it.
    assert lunch_of(400, 440, shift=(350, 600)) == {}
    assert lunch_of(400, 440, shift=(351, 600)) == {"missed_lunch_break": 1}


def test_lunch_after_the_last_visit_may_cost_extra_time():
    # Before p1 it would be too early: lunch opens at 180, p1 starts before 210. Then p2, 30 lunch, 50 home.
    assert lunch_of(200, 240, shift=(0, 330)) == {}
    assert lunch_of(200, 240, shift=(0, 329)) == {"total_extra_time": 1}


def test_lunch_after_the_last_visit_waits_for_its_hour_while_that_is_cheaper_than_none():
    assert lunch_of(130, 170) == {}  # free at 180
    # 38 minutes of waiting are as dear as a missed lunch (190).
    assert lunch_of(92, 132) == {"total_waiting_time": 38}
    assert lunch_of(91, 131) == {"missed_lunch_break": 1}


def test_lunch_is_missed_where_extra_time_would_cost_more():
    # Lunch after p2 would add 30 minutes after the shift, 210; missing it costs 190.
    assert lunch_of(185, 225, shift=(165, 285)) == {"missed_lunch_break": 1}


def test_where_extra_time_is_a_constraint_lunch_is_missed_rather():
    carer = HUNGRY | {"working_shift": {"start": 165, "end": 314}}
    data = an_instance(TWO, [carer], PRICES | {"total_extra_time": "HARD"}, lunch=LUNCH)
    assert values(data, {"p1 s1": ("c1", 185), "p2 s1": ("c1", 225)})["missed_lunch_break"] == 1
    carer["working_shift"]["end"] = 315
    assert "missed_lunch_break" not in values(data, {"p1 s1": ("c1", 185), "p2 s1": ("c1", 225)})


def test_carers_without_a_visit_miss_lunch_too_if_they_should_have_one():
    carers = [a_caregiver(id, shift=SHIFT, lunch_break=lunch) for id, lunch in (("c1", True), ("c2", False))]
    data = an_instance([a_patient(optional=True)], carers, {"missed_lunch_break": 190}, lunch=LUNCH)
    assert values(data, {})["missed_lunch_break"] == 1


def test_lunch_is_not_idle():
    data = an_instance(TWO, [HUNGRY], {"max_idle_time": 11}, lunch=LUNCH)
    # 600 less 20 + 10 + 30 + 10 + 50 of work and 30 of lunch.
    assert values(data, {"p1 s1": ("c1", 200), "p2 s1": ("c1", 280)})["max_idle_time"] == 600 - 120 - 30
