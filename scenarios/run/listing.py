"""`careround scenario list` and `show`: what there is, and what a scenario changes."""

from __future__ import annotations

import argparse
from typing import Any


def list_all(given: argparse.Namespace) -> int:
    """Families and scenarios, then the changes."""
    from scenarios.catalogue import catalogue, family

    families = [family(given.catalogue)] if given.catalogue else list(catalogue().values())
    for one in families:
        print(f"{one.name}: {one.label}. {one.question}")
        for scenario in one.scenarios:
            print(f"  {scenario.name:<28} {scenario.label}")
    if not given.catalogue:
        print("\nChanges, for a catalogue of one's own (scenarios/catalogue.toml shows the form):")
        _list_changes()
    return 0


def _list_changes() -> None:
    from scenarios.changes import CHANGES

    for name, change in CHANGES.items():
        print(f"  {name:<18} {' '.join((change.__doc__ or '').split()).split('. ')[0].rstrip('.')}.")
        for field, told in change.model_json_schema()["properties"].items():
            print(f"    {field}: {_bounds(told)}")


def _bounds(told: dict[str, Any]) -> str:
    for option in told.get("anyOf", []):
        told = {**option, **told} if option.get("type") != "null" else told
    parts = [" | ".join(map(repr, told["enum"])) if "enum" in told else str(told.get("type", ""))]
    low = told.get("minimum", told.get("exclusiveMinimum"))
    if low is not None:
        parts.append(f"{'over' if 'exclusiveMinimum' in told else 'from'} {low:g} to {told['maximum']:g}")
    if told.get("default") is not None:
        parts.append(f"default {told['default']}")
    return ", ".join(parts)


def show(given: argparse.Namespace) -> int:
    """One scenario in sentences."""
    from scenarios.catalogue import family, scenario

    one = scenario(given.scenario, family(given.catalogue))
    print(one.label)
    for sentence in one.sentences:
        print(f"  {sentence}")
    for change in one.changes:
        if change.limits:
            print(f"  Left out: {change.limits}")
    return 0
