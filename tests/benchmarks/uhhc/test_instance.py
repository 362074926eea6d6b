"""Reading the format: what is understood, what is refused, and how minutes become ticks."""

import json

import pytest

from benchmarks.uhhc.instance import BadInstance, instance_of, read_instance
from benchmarks.uhhc.rules import RULES, rules_of
from scheduler.solve.model import encode
from tests.benchmarks.uhhc.builders import LUNCH, a_caregiver, a_patient, an_instance, case_of, sequence

WHOLE = an_instance(road=(0, 20))
BROKEN = an_instance(road=(0, 20.125))
"""The two differ in one distance."""


def test_whole_numbers_are_planned_in_minutes_and_broken_ones_in_a_power_of_two_ticks():
    assert case_of(WHOLE).ticks == 1
    assert case_of(BROKEN).ticks == 256
    far = an_instance(road=(0, 125.5))  # 256 x 125.5 = 32,128 ticks are more than the kernel keeps
    assert case_of(far).ticks == 128


@pytest.mark.parametrize("place", ["window", "duration", "gap", "shift", "lunch"])
def test_one_broken_number_anywhere_is_enough(place):
    patient = a_patient(
        services=(("s1", 10.5 if place == "duration" else 10), ("s2", 10)),
        windows=((100, 200.5 if place == "window" else 200),),
        sync=sequence(0, 1.5 if place == "gap" else 1),
    )
    carer = a_caregiver(shift=(0, 600.5 if place == "shift" else 600))
    lunch = LUNCH | ({"start": 180.5} if place == "lunch" else {})
    assert not case_of(an_instance([patient], [carer], lunch=lunch)).instance.is_whole


def test_ticks_are_rounded_to_the_hard_side():
    patient = a_patient(
        services=(("s1", 10.001), ("s2", 10)), windows=((100.001, 200.001),), sync=sequence(5.001, 9.999)
    )
    carer = a_caregiver(shift=(0.001, 599.999))
    case = case_of(an_instance([patient], [carer], road=(0, 20.001)))
    assert case.needs[0].ticks == 10 * 256 + 1
    assert case.spans[0] == ((100 * 256 + 1, 200 * 256),)
    assert case.minutes[0, 1] == 20 * 256 + 1
    model = encode(case.problem, rules_of(case))
    assert model.links == [(0, 1, 5 * 256 + 1, 10 * 256 - 1)]
    assert model.away[0, 0][:2] == (1, 600 * 256 - 1)


def test_the_way_from_home_and_the_way_back_are_those_of_the_carer():
    carers = [a_caregiver("c1"), a_caregiver("c2") | {"arrival_point": "e"}]
    data = an_instance(caregivers=carers)
    data["terminal_points"].append({"id": "e", "distance_matrix_index": 3})
    minutes = case_of(data).minutes  # place 0: p1 (at 20); 1 and 2: the carers, who leave at 0
    assert minutes[1:, 0].tolist() == [20, 20]
    assert minutes[0, 1:].tolist() == [20, 40]


def test_a_service_lasts_its_default_where_the_client_names_nothing():
    data = an_instance()
    del data["patients"][0]["required_services"][0]["duration"]
    data["services"][0]["default_duration"] = 25
    assert case_of(data).needs[0].ticks == 25


def test_windows_are_sorted():
    data = an_instance([a_patient(windows=((300, 400), (100, 200)))])
    assert case_of(data).spans == (((100, 200), (300, 400)),)


def test_a_file_without_a_time_for_lateness_counts_it_at_the_start():
    data = an_instance()
    del data["metadata"]["time_window_met"]
    assert not case_of(data).instance.at_end


@pytest.mark.parametrize("change, message", [
    (lambda data: data["metadata"]["cost_components"].update(travel_time=0.5), "only whole weights"),
    (lambda data: data["metadata"]["cost_components"].update(travel_time="HARD"), "travel_time is a constraint"),
    (lambda data: data["metadata"]["cost_components"].update(max_idle_time=1), "every carer needs a shift"),
    (lambda data: data["patients"][0]["time_windows"].clear(), "p1 has no window"),
    (lambda data: data["patients"][0].update(time_windows=[{"start": 9 * i, "end": 9 * i + 2} for i in range(5)]),
     "p1 has 5 windows: use 4"),
    (lambda data: data["patients"][0]["required_services"][0].update(duration=0), "lasts 0 minutes"),
    (lambda data: data["distances"][1].pop(), "a square table"),
    (lambda data: data["distances"][1].__setitem__(1, 3), "to itself must be 0"),
    (lambda data: data["caregivers"][0].update(lunch_break=True), "does not say when"),
    (lambda data: data["patients"][0].update(
        optional=True, synchronization={"type": "independent"},
        required_services=[{"service": "s1", "duration": 5}] * 3), "more than two services"),
    (lambda data: data["patients"][0].update(
        synchronization={"type": "nearly"},
        required_services=[{"service": "s1", "duration": 5}] * 2), "'nearly' is not known"),
])  # fmt: skip
def test_what_cannot_be_planned_rightly_is_refused(change, message):
    data = an_instance()
    change(data)
    with pytest.raises(BadInstance, match=message):
        instance_of(data, "tiny")


def test_lunch_where_carers_leave_at_the_shifts_start_is_refused():
    data = an_instance(
        caregivers=[a_caregiver(shift=(0, 600), lunch_break=True)], origin="bazirha", lunch=LUNCH
    )
    with pytest.raises(BadInstance, match="lunch is not understood"):
        instance_of(data, "tiny")


@pytest.mark.parametrize("text, message", [
    ("{", "cannot be read as JSON"), ("{}", "'metadata' is missing"), ("[]", "no instance of the format"),
])  # fmt: skip
def test_a_file_that_is_no_instance_is_refused_by_name(tmp_path, text, message):
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(BadInstance, match=message) as caught:
        read_instance(path)
    assert "odd.json" in str(caught.value)
    with pytest.raises(BadInstance, match="cannot be read"):
        read_instance(tmp_path / "absent.json")


def test_an_instance_is_named_after_its_file(tmp_path):
    path = tmp_path / "i-007.json"
    path.write_text(json.dumps(WHOLE))
    assert read_instance(path).name == "i-007"


def test_every_rule_says_what_it_is():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(rule.label and rule.unit and rule.source for rule in RULES)
