"""How a page says a measure: in groups, by a short name, with a value that reads without knowing the unit."""

from __future__ import annotations

from scheduler.measures import MEASURES, Number
from scheduler.report.html import percent
from scheduler.units import SIXTIETHS, hours, pounds

GROUPS: dict[str, dict[str, str]] = {
    "Visits": {
        "visits": "Visits asked for",
        "unallocated": "Visits with nobody",
        "clients_with_unallocated": "Clients with such a visit",
        "hard_findings": "Rules broken that must not be",
        "short_visits": "Visits under half an hour",
        "short_visits_agreed": "Of these, agreed to be short",
        "visits_30_or_more_share": "Visits of half an hour or more",
        "uncommissioned_minutes": "Time beyond what is commissioned",
        "minutes_off_preferred_mean": "From the wished time, on average",
        "overnight_gap_worst": "Longest night without a visit",
    },
    "Who comes": {
        "distinct_carers_mean": "Carers a client sees, on average",
        "distinct_carers_worst": "Carers of the client who sees most",
        "carers_promise_kept_share": "Clients who see no more carers than promised",
        "core_team_share": "Visits by the client\u2019s core team",
        "upc_mean": "Visits by the carer who comes most, on average",
        "coc_mean": "Continuity index, on average",
        "new_faces": "New faces",
        "first_visit_share": "Visits by somebody who comes for the first time",
        "preferred_carer_share": "Visits by a preferred carer, where any was named",
        "interest_matches": "Visits by somebody with a shared interest or language",
    },
    "Time": {
        "contact_minutes": "With clients",
        "travel_minutes": "On the way between clients",
        "waiting_minutes": "Between visits, not on the way",
        "home_minutes": "To the first client and home again, unpaid",
        "paid_minutes": "Paid work",
        "contact_share": "Share of a round that is with clients",
        "travel_minutes_per_contact_hour": "On the way for each hour with clients",
        "miles": "Miles between clients",
    },
    "Money": {
        "cost_pence": "Leaves the agency",
        "cost_per_contact_hour_pence": "Leaves the agency for each hour with clients",
        "objective_pence": "Money, and what we would pay to avoid the rest",
        "minimum_wage_shortfalls": "Pay periods below the minimum wage",
        "minimum_wage_shortfall_pence": "Missing to the minimum wage",
    },
}
"""Group -> measure -> its name for people. (`tests/api/test_pages.py` asks for every measure.)"""
BY_NAME = {one.name: one for one in MEASURES}
SINGULAR = {"visits": "visit", "clients": "client", "findings": "finding", "carers": "carer", "pairs": "pair",
            "miles": "mile", "pay periods": "pay period"}  # fmt: skip


def value_in_words(value: Number, unit: str) -> str:
    """'82.8 %', '\u00a31,234.00', '7 h 30 min', '3.4 carers', '0.62'."""
    if unit == "pence":
        return pounds(round(value) * SIXTIETHS)
    if unit == "minutes":
        return hours(int(value)) if value == int(value) else f"{value:,.1f} min"
    if unit == "share":
        return percent(value)
    if unit == "index":
        return f"{value:.2f}"
    told = f"{value:,.1f}".removesuffix(".0")
    return f"{told} {SINGULAR.get(unit, unit) if told == '1' else unit}"
