"""The one way from our templates to HTML. Everything that people typed is text: it is escaped, always."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scheduler.report.table import Kind, plain
from scheduler.units import clock, hours, pounds

HERE = Path(__file__).parent
CSP = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""What our pages may load: nothing but what they carry. The browser holds them to it."""


@cache
def environment() -> Environment:
    """Jinja with escaping on for every template and an error for every unknown name."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "clock": clock,
        "hours": hours,
        "pounds": pounds,
        "number": number,
        "percent": percent,
        "cell": cell,
    }
    env.globals["csp"] = CSP
    return env


def render(template: str, **values: Any) -> str:
    """A template of `templates/` filled in."""
    return environment().get_template(template).render(**values)


@cache
def static(name: str) -> str:
    """A script or style sheet of ours, to be put inside a page."""
    return (HERE / "static" / name).read_text(encoding="utf-8")


def trusted(markup: str) -> Markup:
    """Markup of our own making (a chart, a style sheet), to be put on the page as it is."""
    return Markup(markup)


def number(value: float, digits: int = 0) -> str:
    """12345.678 -> '12,345.7' with one digit; what rounds to nothing has no sign."""
    return f"{value:z,.{digits}f}"


def percent(share: float) -> str:
    """0.7682 -> '76.8 %' (with a space that does not break). What is not quite all is never called 100 %."""
    shown = round(share * 100, 1)
    shown = 99.9 if shown == 100 and share < 1 else shown
    return f"{shown:.0f}\u00a0%" if shown in (0, 100) else f"{shown:.1f}\u00a0%"


def cell(value: Any, kind: Kind) -> str:
    """A cell of a table as text."""
    if value is None or value == "":
        return "\u2013"
    match kind:
        case Kind.TEXT | Kind.LONG:
            return str(value)
        case Kind.COUNT | Kind.MINUTES:
            return number(value)
        case Kind.HOURS:
            return hours(value)
        case Kind.MONEY:
            return pounds(value)
        case Kind.SHARE:
            return percent(value)
        case Kind.MILES | Kind.NUMBER:
            return number(plain(value, kind), 1)
        case Kind.MEASURE:  # minutes and shares in one column
            return number(value, 0 if value == int(value) else 1 if abs(value) >= 10 else 3)
