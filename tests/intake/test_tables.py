"""The register of columns is complete, and says the same as the domain."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from scheduler.domain import FUNDINGS, GENDERS, MODES, PayBasis, Purpose, Relation
from scheduler.intake.settings_table import known_settings
from scheduler.intake.tables import TABLES, table
from scheduler.rules import RULES

COLUMNS = [(found, column) for found in TABLES for column in found.columns]


@pytest.mark.parametrize("found, column", COLUMNS, ids=lambda part: getattr(part, "name", ""))
def test_every_column_says_what_it_holds(found, column):
    assert column.note.endswith((".", "?"))
    assert column.kind
    assert column.written
    assert column.required != bool(column.default), "a column is required, or says what an empty cell means"
    assert not column.required or column.example


@pytest.mark.parametrize("found", TABLES, ids=lambda found: found.name)
def test_every_table_says_what_it_holds(found):
    assert found.note.endswith(".")


def test_the_tables_of_the_contract():
    assert [found.name for found in TABLES if found.required] == ["clients", "visits", "carers", "shifts"]
    assert len(TABLES) == 14


@pytest.mark.parametrize(
    "where, column, words",
    [
        ("carers", "mode", MODES),
        ("carers", "gender", GENDERS),
        ("carers", "pay_basis", tuple(PayBasis)),
        ("clients", "carer_gender", ("any", *GENDERS)),
        ("clients", "funding", FUNDINGS),
        ("relations", "relation", tuple(Relation)),
        ("visits", "purpose", tuple(Purpose)),
    ],
)
def test_choices_are_those_of_the_domain(where, column, words):
    assert table(where).column(column).choices == words


def test_every_price_of_every_rule_can_be_set():
    prices = {price.name for rule in RULES for price in rule.prices}
    assert prices <= set(known_settings())


@pytest.mark.parametrize("setting", known_settings().values(), ids=lambda setting: setting.name)
def test_every_setting_says_what_it_means_and_refuses_nonsense(setting):
    assert setting.note.rstrip().endswith((".", "?"))
    assert setting.default
    if setting.name != "agency":
        with pytest.raises(PydanticCustomError):
            setting.read("nonsense")
