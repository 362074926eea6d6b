"""Individual Service Funds of a made-up agency: a price list, a budget that mostly fits the care plan, and a ledger.

Prices follow from the modelling formula of a visit (wage, on-costs, seven minutes of travel and two miles, overheads
and 3 %), at weekends a tenth more, on bank holidays half as much again. They are nobody's real prices.
"""

from __future__ import annotations

from datetime import timedelta

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import CarerDraft, ClientDraft, VisitDraft
from scenarios.generate.spec import Spec

_PRICES = {15: 977, 30: 1657, 45: 2338, 60: 3018, 90: 4379, 120: 5740}
"""Minutes -> pence on a weekday."""
_FIT = (1.22, 1.15, 0.94, 1.3, 1.18)
"""Budget against what the care plan costs with fee and contribution; one in five is too small."""
_HOURS_FOR = (
    "getting up and breakfast without a rush",
    "the choir on Thursdays, and a lie-in after it",
    "staying at home, and a trip to the sea in summer",
)
_TIMES = ("never before nine at the weekend", "supper after the news", "")
_SPENT = ("day centre", "taxi to the choir", "a cleaner, two hours")
_SAVED = ("a long weekend with her sister", "a day at the allotment show", "help over Christmas")


def funds(
    spec: Spec, clients: list[ClientDraft], visits: list[VisitDraft], carers: list[CarerDraft]
) -> dict[str, list[dict[str, str]]]:
    """The tables isf, isf_prices and isf_entries; all empty where no client has a fund."""
    dice = Dice(spec.seed, "funds")
    held = [(i, client) for i, client in enumerate(clients) if client.funding == "isf"]
    rows, entries = [], []
    for turn, (i, client) in enumerate(held):
        cost = sum(_weekly(visit) for visit in visits if visit.client == i)
        fee, contribution = round(cost * 0.06), 500 * dice.whole(2, 9)
        budget = round((cost * _FIT[turn % len(_FIT)] + fee + contribution) / 100) * 100
        own = _entries(spec, client, turn, dice)
        banked = sum(round(float(entry["amount"]) * 100) for entry in own if entry["kind"] == "banked")
        rows.append(
            {
                "client": client.id,
                "weekly_budget": _pounds(budget),
                "contribution": _pounds(contribution),
                "management_fee": _pounds(fee),
                "opening_balance": _pounds(banked + 100 * dice.whole(20, 200)),
                "year_end": f"{spec.start.year + (spec.start.month > 3)}-03-31",
                "team": "; ".join(carers[carer].id for carer in sorted(client.prefer)),
                "hours_for": _HOURS_FOR[turn % len(_HOURS_FOR)],
                "times": _TIMES[turn % len(_TIMES)],
            }
        )
        entries += own
    return {"isf": rows, "isf_prices": _prices() if held else [], "isf_entries": entries}


def _weekly(visit: VisitDraft) -> int:
    """What a row of the care plan costs a week, in pence."""
    listed = next((price for minutes, price in _PRICES.items() if minutes >= visit.minutes), 5740)
    weekends = sum(day >= 5 for day in visit.days)
    helper = next(
        (price for minutes, price in _PRICES.items() if minutes >= (visit.together or visit.minutes)), 5740
    )
    each = listed + (helper if visit.carers == 2 else 0)
    return round(each * (len(visit.days) + 0.1 * weekends) / visit.every_weeks)


def _prices() -> list[dict[str, str]]:
    return [
        {
            "minutes": str(minutes),
            "weekday": _pounds(price),
            "weekend": _pounds(round(price * 1.1)),
            "bank_holiday": _pounds(round(price * 1.5)),
        }
        for minutes, price in _PRICES.items()
    ]


def _entries(spec: Spec, client: ClientDraft, turn: int, dice: Dice) -> list[dict[str, str]]:
    """Money put by some weeks ago, one lot of it soon gone, and something bought in the first week."""

    def entry(days: int, kind: str, pence: int, purpose: str, **more: str) -> dict[str, str]:
        on = (spec.start + timedelta(days=days)).isoformat()
        return {
            "client": client.id,
            "date": on,
            "kind": kind,
            "amount": _pounds(pence),
            "purpose": purpose,
            **more,
        }

    by = f"{client.name.split()[0]} and the coordinator"
    return [
        entry(
            -7 * dice.whole(9, 11),
            "banked",
            100 * dice.whole(20, 60),
            _SAVED[turn % len(_SAVED)],
            agreed_by=by,
        ),
        entry(
            -7 * dice.whole(2, 5),
            "banked",
            100 * dice.whole(10, 40),
            _SAVED[(turn + 1) % len(_SAVED)],
            agreed_by=by,
        ),
        entry(
            dice.whole(1, 3),
            "spent",
            100 * dice.whole(8, 24),
            _SPENT[turn % len(_SPENT)],
            agreed_by=client.name,
        ),
    ]


def _pounds(pence: int) -> str:
    return f"{pence / 100:.2f}"
