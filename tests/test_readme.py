"""What the README shows is what happens."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first fenced block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_ten_lines_of_python_print_what_stands_below_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run as they are, in a folder where the made-up agencies are at hand."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(block("python"), {})
    assert printed.getvalue() == block("text")
    assert (tmp_path / "small-map.html").stat().st_size > 100_000


def test_every_make_target_and_file_that_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for path in re.findall(r"\]\(([^):#]+)\)", README):
        assert (ROOT / path).exists(), path


def test_every_command_that_it_names_exists() -> None:
    from scheduler.cli.main import parser

    known = parser().format_help()
    for command in set(re.findall(r"`careround ([\w-]+)", README)):
        assert re.search(rf"^    {command}( |$)", known, re.MULTILINE), command


def test_the_table_of_events_is_what_each_kind_takes() -> None:
    from scheduler.repair.kinds import KINDS
    from scheduler.repair.take_in import COLUMNS

    def columns(names: tuple[str, ...]) -> str:
        return ", ".join(COLUMNS.get(name, name) for name in names)

    table = README.partition("| kind | needs | may have |\n| --- | --- | --- |\n")[2].partition("\n\n")[0]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.splitlines()]
    assert rows == [(k.name.replace("_", " "), columns(k.wanted), columns(k.allowed)) for k in KINDS]


def test_the_table_of_promises_is_the_one_that_was_measured() -> None:
    measured = (ROOT / "benchmarks" / "results" / "promises.md").read_text(encoding="utf-8")
    rows = [
        line
        for line in README.splitlines()
        if line.startswith(("| Minimum", "| Continuity", "| Matched", "| Paid"))
    ]
    assert len({row.split("|")[1].strip() for row in rows}) == 4
    for row in rows:
        assert row in measured


def test_the_rule_that_contributing_shows_is_the_one_that_runs() -> None:
    page = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rule = (ROOT / "scheduler" / "rules" / "home_travel.py").read_text(encoding="utf-8")
    assert f"```python\n{rule}```" in page
