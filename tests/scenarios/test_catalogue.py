"""Catalogues: the one that ships, own ones by path, and every fault of a file at once."""

from __future__ import annotations

import pytest

from scenarios.catalogue import catalogue, family, scenario
from scenarios.changes.lengths import Lengthen
from scheduler.errors import CareroundError, InputError, UnknownName

GOOD = """
[mine]
label = "My question"
question = "What if?"
[[mine.scenarios]]
name = "longer"
label = "Longer"
changes = [{ change = "lengthen", minutes = 25 }, { change = "pay_travel", basis = "shift" }]
"""


@pytest.fixture
def own(tmp_path):
    def write(text: str):
        path = tmp_path / "own.toml"
        path.write_text(text)
        return path

    return write


def test_names_are_unique_within_a_family_and_base_is_nobodys():
    for one in catalogue().values():
        names = [scenario.name for scenario in one.scenarios]
        assert len(set(names)) == len(names) > 0
        assert "base" not in names
        assert one.label
        assert one.question.endswith(("?", "?)", "more.)"))


def test_an_own_catalogue_by_path(own):
    mine = family(str(own(GOOD)))
    assert (mine.name, mine.label) == ("own", "My question")
    assert [change.name for change in scenario("longer", mine).changes] == ["lengthen", "pay_travel"]
    assert scenario("longer", mine).changes[0] == Lengthen(minutes=25)


def test_unknown_names_come_with_the_nearest():
    with pytest.raises(UnknownName, match="minimum-length"):
        family("minimum-lengths")
    with pytest.raises(UnknownName, match="lengthen-30"):
        scenario("lengthen-3", family("minimum-length"))
    with pytest.raises(CareroundError, match="no file"):
        family("not-there.toml")


def test_all_faults_of_a_file_are_told_at_once(own):
    path = own("""
[mine]
[[mine.scenarios]]
name = "a"
changes = [{ change = "lengthn" }, { change = "lengthen", minutes = 500 }]
[[mine.scenarios]]
name = "a"
colour = "red"
changes = [{ change = "pay_travel" }]
[[mine.scenarios]]
label = "no name"
[yours]
label = "empty"
""")
    with pytest.raises(InputError) as told:
        catalogue(path)
    faults = [(fault.column, fault.value) for fault in told.value.faults]
    assert ("mine.a.change", "lengthn") in faults
    assert ("mine.a.lengthen.minutes", "500") in faults
    assert ("mine.a", "a") in faults
    assert ("mine.a", "colour") in faults
    assert ("mine.a.pay_travel.basis", None) in faults
    assert ("mine.scenarios 3", None) in faults
    assert ("yours", None) in faults
    assert len(faults) == 7
    assert "Did you mean 'lengthen'?" in str(told.value)


def test_a_scenario_that_changes_nothing_is_a_fault(own):
    with pytest.raises(InputError, match="changes nothing"):
        catalogue(own('[mine]\n[[mine.scenarios]]\nname = "a"\n'))


def test_what_is_not_toml_is_told(own):
    with pytest.raises(InputError, match="not TOML"):
        catalogue(own("[mine"))


def test_two_families_of_one_file_may_not_share_a_name(own):
    with pytest.raises(CareroundError, match="two scenarios called 'longer'"):
        family(str(own(GOOD + GOOD.replace("mine", "yours"))))
