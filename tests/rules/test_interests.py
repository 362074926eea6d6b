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
        ("chess", "chess rugby", [-100]),
        ("chess rugby", "chess rugby", [-200]),
        ("Welsh", "Welsh", [-120]),
        ("Welsh Polish", "Polish Welsh", [-120]),  # one language is enough to talk
        ("chess Welsh", "chess Welsh", [-220]),
        ("chess rugby choir", "chess rugby choir", [-250]),
        ("chess rugby choir opera", "chess rugby choir opera", [-250]),  # the cap
        ("chess rugby Welsh", "chess rugby Welsh", [-250]),  # 320, capped
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
    assert [finding.pence for finding in found(Interests(), rota, problem)] == [-100, -100]


def test_a_language_that_all_carers_speak_sets_nobody_apart():
    """English earns nothing where everybody speaks it; Welsh does, and so does English where one carer has none."""
    english, both = frozenset({"English"}), frozenset({"English", "Welsh"})
    mary = a_client(languages=both)
    staff = [a_carer("aled", languages=both), a_carer("beth", languages=english)]
    problem = a_problem([a_visit(), a_visit("lunch", "12:00")], staff, [mary])
    rota = a_rota(a_leg(carer="aled"), a_leg("lunch", "beth", "12:00"))
    assert [(finding.carer, finding.pence) for finding in found(Interests(), rota, problem)] == [
        ("aled", -120)
    ]
    assert told(Interests(), problem) == [("charge", [0, 1], 0, -120 * 60)]
    mixed = problem.replace(
        carers=(*staff, a_carer("carys")), travel=a_problem((), [*staff, a_carer("carys")], [mary]).travel
    )
    assert [finding.carer for finding in found(Interests(), rota, mixed)] == ["aled", "beth"]
