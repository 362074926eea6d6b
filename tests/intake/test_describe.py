"""The documentation of the tables is made from the register, so nothing can be missing in it."""

from __future__ import annotations

from scheduler.intake.describe import settings_markdown, tables_markdown
from scheduler.intake.settings_table import known_settings
from scheduler.intake.tables import TABLES


def test_every_table_and_column_is_described():
    text = tables_markdown()
    for table in TABLES:
        assert f"### {table.name}" in text
        assert table.note in text
        for column in table.columns:
            assert f"| `{column.name}` | {column.written} |" in text


def test_every_setting_is_described():
    lines = settings_markdown().splitlines()
    assert len(lines) == 2 + len(known_settings())
    assert any(
        line.startswith("| `policy` | none, floor, nice, wales | nice; in Wales: wales |") for line in lines
    )
