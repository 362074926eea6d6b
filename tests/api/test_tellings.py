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


LEFT_OUT = "More that is otherwise: {}. Send the whole new week."


def test_what_was_shortened_before_an_erasure_keeps_its_count_when_the_names_are_longer_after_it():
    """It said 12 for 213: its own last line counted as one visit, and those that it told of were forgotten."""
    lines = [f"New: Megan Mistle, Tue 24 Nov, {number} minutes." for number in range(300)]
    once = shortened("\n".join(lines))
    again = shortened(once.replace("Megan Mistle", "erased-0123456789ab"))
    *kept, last = again.split("\n")
    assert len(kept) < once.count("\n")
    assert last == LEFT_OUT.format(f"{len(lines) - len(kept)} visits")
    assert len(again) <= LONGEST


def test_one_visit_that_is_left_out_is_one_visit():
    told = shortened("x" * 3900 + "\n" + "y" * 200)
    assert told == "x" * 3900 + "\n" + LEFT_OUT.format("1 visit")
    longer = shortened("z" * 3000 + "\n" + "z" * 2000 + "\n" + LEFT_OUT.format("1 visit"))
    assert longer == "z" * 3000 + "\n" + LEFT_OUT.format("2 visits")


def test_a_line_that_is_too_long_alone_is_cut_and_not_lost():
    """As old rows are, which had all visits in one line."""
    assert shortened("x" * 5000) == "x" * LONGEST
    told = shortened("x" * 5000 + "\ny\n" + LEFT_OUT.format("7 visits"))
    more = "\n" + LEFT_OUT.format("8 visits")
    assert told == "x" * (LONGEST - len(more)) + more
