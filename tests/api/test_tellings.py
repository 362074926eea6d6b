"""What there is to say to one person is told in whole lines, however much it is."""

from __future__ import annotations

from api.desk.tellings import LONGEST, shortened


def test_what_is_too_much_ends_with_a_whole_line_and_says_how_many_are_left_out():
    lines = [f"Not yours any more: Megan Mistle, Tue 24 Nov {hour:02}:{minute:02}." for hour in range(24)
             for minute in range(0, 60, 5)]  # fmt: skip
    told = shortened("\n".join(lines))
    *kept, last = told.split("\n")
    assert kept == lines[: len(kept)]
    assert last == f"More that is otherwise: {len(lines) - len(kept)} visits. Send the whole new week."
    assert LONGEST - 150 < len(told) <= LONGEST


def test_what_can_be_said_is_said_as_it_is():
    whole = "\n".join(["x" * 99] * (LONGEST // 100) + ["x" * (LONGEST % 100)])
    assert len(whole) == LONGEST
    assert shortened(whole) == whole
    assert shortened(whole + "x") != whole + "x"
