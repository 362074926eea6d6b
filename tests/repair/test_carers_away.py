"""A carer is absent or late, by hand."""

from __future__ import annotations

from scheduler.check import check
from tests.builders import minute
from tests.repair.day import refused, spells


def test_an_absent_carer_has_no_shift_from_then_to_the_end_of_the_day(happened):
    day = happened({"kind": "absent", "carer": "aled"})
    assert spells(day, "aled") == [(360, 480)]
    assert day.touched == {"nine", "noon"}


def test_an_absence_of_some_hours(happened):
    day = happened({"kind": "absent", "carer": "aled", "begins": 540, "until": 600})
    assert spells(day, "aled") == [(360, 540), (600, 840)]
    assert day.touched == {"nine"}


def test_what_is_under_way_when_the_carer_falls_ill_is_kept(happened):
    day = happened({"kind": "absent", "carer": "aled", "at": minute("07:10")})
    assert spells(day, "aled") == [(360, minute("07:30"))]
    assert "early" not in day.touched
    assert check(day.rota.without(day.touched), day.problem).hard == ()


def test_told_twice_or_touching_absences_are_merged_with_a_word(happened):
    ill = {"kind": "absent", "carer": "aled", "begins": 540, "until": 660}
    assert happened(ill, ill).notes == (
        "Aled is absent from Mon 09:00 to Mon 11:00. Told twice, taken once.",
    )
    inside = happened(ill, ill | {"begins": 550, "until": 600})
    assert "told twice" in inside.notes[0]
    touching = happened(ill, ill | {"begins": 660, "until": 700})
    assert "touch" in touching.notes[0]
    assert spells(touching, "aled") == [(360, 540), (700, 840)]


def test_an_absence_that_ends_before_it_begins_is_refused(happened):
    assert refused(happened, {"kind": "absent", "carer": "aled", "until": 400}) == [
        "the absence ends before it begins."
    ]


def test_a_late_carer_is_free_so_many_minutes_after_the_next_start(happened):
    day = happened({"kind": "late", "carer": "aled", "minutes": 25})
    assert spells(day, "aled") == [(360, 480), (565, 840)]
    assert day.touched == {"nine"}


def test_a_carer_is_late_for_somebody_and_not_while_absent(happened):
    assert refused(happened, {"kind": "late", "carer": "bethan", "minutes": 5}) == [
        "Bethan has no visit left that day after 08:00."
    ]
    both = {"kind": "absent", "carer": "aled"}, {"kind": "late", "carer": "aled", "minutes": 5, "at": 490}
    assert refused(happened, *both) == ["Aled is absent at 09:05, and cannot be late then."]
    assert refused(happened, {"kind": "late", "carer": "aled", "minutes": 300}) == [
        "Aled's shift is over by 14:00."
    ]
