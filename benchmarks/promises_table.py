"""The tables of `promises`: which numbers show a promise, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.tables import markdown_table
from benchmarks.variants import CONTINUITY, INTERESTS, KEPT, LENGTHS, PAID_TRAVEL, VARIANTS
from scheduler.units import HOUR

Means = Mapping[str, Mapping[str, float]]
"""Variant -> key -> mean."""


def count(value: float) -> str:
    """1,234.5 as '1,234' (or '1,235'); small numbers keep a decimal unless they are whole."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:,.1f}"


def two(value: float) -> str:
    """Two decimals."""
    return f"{value:,.2f}"


def money(value: float) -> str:
    """Pence as '£1,234'."""
    return f"{'-' if round(value / 100) < 0 else ''}£{abs(value) / 100:,.0f}"


def per_hour(value: float) -> str:
    """Pence as '£12.34'."""
    return f"{'-' if round(value) < 0 else ''}£{abs(value) / 100:,.2f}"


def time(value: float) -> str:
    """Minutes as '12.3 h'."""
    return f"{value / HOUR:,.1f} h"


def share(value: float) -> str:
    """'81.2 %'."""
    return f"{value:.1%}".replace("%", " %")


@dataclass(frozen=True, slots=True)
class Shown:
    """One number in words, under its key in what `judged` gives."""

    words: str
    key: str
    written: Callable[[float], str] = count

    def change(self, before: float, after: float) -> str:
        """'+12', '-3.4 h (-5 %)', '-2.1 points' of a share; no per cent of nothing."""
        by = after - before
        if self.written is share:
            return f"{by * 100:+.1f} points"
        told = f"{'+' if by > 0 else ''}{self.written(by)}"
        return f"{told} ({round(100 * by / before):+} %)" if before else told


PROMISES = (
    (
        "Minimum visit lengths",
        LENGTHS,
        (
            Shown("visits shorter than the agency promises", "too_short"),
            Shown("minutes missing in them", "minutes_missing"),
        ),
    ),
    (
        "Continuity",
        CONTINUITY,
        (
            Shown("carers a client in 14 days, mean", "distinct_carers_mean", two),
            Shown("new faces", "new_faces"),
            Shown("visits by the core team", "core_team_share", share),
        ),
    ),
    (
        "Matched interests",
        INTERESTS,
        (
            Shown("visits by a carer who shares an interest", "shared_interest_visits"),
            Shown("credit for shared interests and languages", "interests_credit_pence", money),
        ),
    ),
    (
        "Paid travel",
        PAID_TRAVEL,
        (
            Shown("money that leaves the agency", "cost_pence", money),
            Shown("the same an hour with clients", "cost_per_contact_hour_pence", per_hour),
            Shown("travel between visits", "travel_minutes", time),
            Shown("waiting between visits", "waiting_minutes", time),
        ),
    ),
)
"""Promise, the variant without it, and the numbers that show it."""

SIDE_EFFECTS = (
    Shown("unallocated visits", "unallocated"),
    Shown("hard findings", "hard_findings"),
    Shown("price of everything", "price_pence", money),
    Shown("money", "cost_pence", money),
    Shown("time with clients", "contact_minutes", time),
    Shown("travel", "travel_minutes", time),
    Shown("waiting", "waiting_minutes", time),
    Shown("miles", "miles"),
    Shown("visits too short", "too_short"),
    Shown("carers a client", "distinct_carers_mean", two),
    Shown("new faces", "new_faces"),
    Shown("visits by the core team", "core_team_share", share),
    Shown("visits with a shared interest", "shared_interest_visits"),
    Shown("minutes off the preferred time, mean", "minutes_off_preferred_mean", two),
)


def promise_table(means: Means) -> str:
    """A row a number: planned with the promise, without it, and the difference."""
    rows = []
    for promise, variant, numbers in PROMISES:
        for shown in numbers:
            kept, off = means[KEPT.name][shown.key], means[variant.name][shown.key]
            rows.append(
                (promise, shown.words, shown.written(kept), shown.written(off), shown.change(kept, off))
            )
    return markdown_table(
        ("Promise", "What is counted", "Kept", "Switched off", "Change"), rows, text_columns=2
    )


def side_effects_table(means: Means) -> str:
    """A row a number, a column a variant."""
    titles = ("", *("all kept" if variant is KEPT else f"without {variant.name}" for variant in VARIANTS))
    rows = [
        (shown.words, *(shown.written(means[variant.name][shown.key]) for variant in VARIANTS))
        for shown in SIDE_EFFECTS
    ]
    return markdown_table(titles, rows)
