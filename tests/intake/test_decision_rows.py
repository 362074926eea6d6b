"""Decisions about suggestions from a CSV, and what is wrong with one."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.intake.decision_rows import load_decisions


@pytest.fixture
def read(tmp_path):
    def run(*lines, name="suggestions.csv"):
        path = tmp_path / name
        path.write_text("\n".join(["suggestion,decision,by", *lines]) + "\n", encoding="utf-8")
        return load_decisions(path)

    return run


def test_only_what_was_decided(read):
    found = read("length:C01-am,accept,Sian", "door:C01,,", "carer:C01:K02,Decline,")
    assert found == {"length:C01-am": "accept", "carer:C01:K02": "decline"}


@pytest.mark.parametrize(
    "lines, place, told",
    [
        (["length:C01-am,perhaps,"], "row 2, column 'decision'", "none of the choices"),
        ([",accept,"], "row 2, column 'suggestion'", "must not be empty"),
        (
            ["door:C01,accept,", "door:C01,decline,"],
            "row 3, column 'decision'",
            "another row decides otherwise",
        ),
    ],
)
def test_each_fault_with_its_place(read, lines, place, told):
    with pytest.raises(InputError) as error:
        read(*lines)
    assert place in str(error.value)
    assert told in str(error.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"decided\.csv"):
        load_decisions(tmp_path / "decided.csv")
