"""Interests: a shared interest or language earns a capped credit."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.rules.interests import Interests
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, some_settings, told


def credit(client: str, carer: str, **settings: int) -> list[int]:
    """The pence for Aled's visit to Mary; words with a capital are languages."""

    def split(words: str) -> dict[str, Any]:
        languages = frozenset(word for word in words.split() if word[0].isupper())
        return {"interests": frozenset(words.split()) - languages, "languages": languages}

    problem = a_problem(
        [a_visit()],
        [a_carer(**split(carer))],
        [a_client(**split(client))],
        settings=some_settings(prices=settings),
    )
    prices = [finding.price for finding in found(Interests(), a_rota(a_leg()), problem)]
    assert [amount for _, _, _, amount in told(Interests(), problem)] == [price for price in prices if price]
    return [price // 60 for price in prices]


@pytest.mark.parametrize(
    "client, carer, pence",
    [
        ("", "", []),
        ("chess", "rugby", []),
        ("chess", "chess rugby", [-60]),
        ("chess rugby", "chess rugby", [-120]),
        ("Welsh", "Welsh", [-100]),
        ("Welsh Polish", "Polish Welsh", [-100]),  # one language is enough to talk
        ("chess Welsh", "chess Welsh", [-160]),
        ("chess rugby choir", "chess rugby choir", [-180]),
        ("chess rugby choir opera", "chess rugby choir opera", [-180]),  # the cap
        ("chess rugby Welsh", "chess rugby Welsh", [-180]),  # 220, capped
    ],
)
def test_the_credit_worked_by_hand(client, carer, pence):
    assert credit(client, carer) == pence


def test_the_agency_can_change_the_prices():
    assert credit("chess Welsh", "chess Welsh", **{"interests.shared": 1, "interests.language": 2}) == [-3]
    assert credit("chess Welsh", "chess Welsh", **{"interests.cap": 0}) == [0]


def test_the_sentence_names_what_is_shared():
    problem = a_problem(
        [a_visit()],
        [a_carer(interests=frozenset({"chess", "choir", "opera"}), languages=frozenset({"welsh"}))],
        [
            a_client(
                interests=frozenset({"opera", "chess", "choir"}), languages=frozenset({"welsh", "english"})
            )
        ],
    )
    (finding,) = found(Interests(), a_rota(a_leg()), problem)
    assert finding.sentence == (
        "Aled and Mary share an interest in chess, choir and opera and the language welsh."
    )


def test_each_carer_of_a_double_up_earns_the_credit():
    chess = frozenset({"chess"})
    problem = a_problem(
        [a_visit(carers=2)],
        [a_carer("aled", interests=chess), a_carer("beth", interests=chess)],
        [a_client(interests=chess)],
    )
    rota = a_rota(a_leg(carer="aled"), a_leg(carer="beth", second=True))
    assert [finding.pence for finding in found(Interests(), rota, problem)] == [-60, -60]
