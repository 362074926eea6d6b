"""What the tasks of a visit take, added up by hand."""

from datetime import date

import pytest

from scheduler.errors import UnknownName
from scheduler.uk import figure, is_personal_care, task_minutes, task_names

TODAY = date(2026, 11, 23)


def test_a_morning_visit_added_up_by_hand():
    """Arrive 2, get up 5, full wash 20, dress 8, cold breakfast 8, records 3."""
    assert task_minutes(["get_up", "full_wash", "dress", "cold_meal"], TODAY) == 46


def test_getting_up_washing_dressing_and_breakfast_take_at_least_the_campaigns_40_minutes():
    assert task_minutes(["get_up", "full_wash", "dress", "cold_meal"], TODAY) >= 40


def test_the_warrington_visit_does_not_fit_its_15_minutes():
    """Ombudsman 20 000 461: wake her, meal, drink, see that she eats, medicine, pad, tidy - in 15 minutes."""
    tasks = ["get_up", "microwave_meal", "drink", "feeding", "medication_administer", "pad_change", "tidy"]
    assert task_minutes(tasks, TODAY) == 2 + 5 + 8 + 3 + 15 + 5 + 6 + 5 + 3 == 52


def test_a_reminder_to_take_medicine_fits_15_minutes():
    assert task_minutes(["medication_prompt"], TODAY) == 7


def test_no_tasks_need_no_minutes():
    assert task_minutes([], TODAY) == 0
    assert task_minutes(iter(()), TODAY) == 0


def test_a_task_listed_twice_is_done_twice():
    assert task_minutes(["drink", "drink"], TODAY) == 2 + 3 + 3 + 3


@pytest.mark.parametrize(
    "call", [lambda: task_minutes(["ful_wash"], TODAY), lambda: is_personal_care("ful_wash")]
)
def test_an_unknown_task_is_named_with_the_nearest_ones(call):
    with pytest.raises(UnknownName, match=r"ful_wash.*full_wash"):
        call()


def test_arriving_and_records_are_in_every_visit_and_not_to_be_listed():
    assert not {"arrive", "records"} & set(task_names())
    with pytest.raises(UnknownName):
        task_minutes(["records"], TODAY)


def test_personal_care_follows_the_regulations():
    for task in ("full_wash", "shower", "dress", "toilet", "pad_change", "feeding", "skin_cream"):
        assert is_personal_care(task), task
    for task in ("medication_prompt", "medication_administer", "cooked_meal", "shopping", "safe_and_well"):
        assert not is_personal_care(task), task


def test_every_task_has_a_figure_and_says_whether_it_is_personal_care():
    assert len(task_names()) == len(set(task_names())) >= 30
    for task in task_names():
        entry = figure(f"task.{task}", TODAY)
        assert entry.personal_care is is_personal_care(task)
        assert 1 <= entry.value <= 60
        assert entry.mark == "ASSUMPTION"
