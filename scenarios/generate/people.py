"""Who they are: what people like, speak and ask for. Drawn without regard to each other, inferred from nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import CarerDraft, ClientDraft
from scenarios.generate.names import names
from scenarios.generate.spec import Spec
from scenarios.generate.town import Town

INTERESTS = (
    "allotments", "baking", "bingo", "birdwatching", "brass bands", "bread making", "chapel", "chess", "choir",
    "crosswords", "dogs", "dominoes", "fishing", "football", "gardening", "history", "jazz", "knitting", "motorbikes",
    "old films", "pigeon racing", "poetry", "quizzes", "reading", "rugby", "sewing", "snooker", "steam trains",
    "walking",
)  # fmt: skip
_LANGUAGES = {
    "wales": {"Welsh": 0.16, "Polish": 0.03, "Bengali": 0.03, "Urdu": 0.02, "BSL": 0.02},
    "scotland": {"Gaelic": 0.03, "Scots": 0.08, "Polish": 0.03, "Urdu": 0.02, "BSL": 0.02},
    "northern ireland": {"Irish": 0.06, "Polish": 0.03, "Lithuanian": 0.02, "BSL": 0.02},
    "england": {
        "Polish": 0.03,
        "Punjabi": 0.03,
        "Bengali": 0.03,
        "Urdu": 0.03,
        "Gujarati": 0.02,
        "BSL": 0.02,
    },
}
_WISHES = (
    "Knock and wait, please.", "Likes the radio on.", "Tea first, then the rest.", "Key safe by the back door.",
    "Hard of hearing: face her when you speak.", "The cat must not go out.", "Likes to be called by the first name.",
    "Please ring before you come if late.", "No perfume.", "Talk of the match on Sundays.", "Shoes off at the door.",
    "Wants to do the buttons without help.", "Curtains open before anything else.", "The dog is friendly.",
)  # fmt: skip
_FUNDING = {"council": 0.70, "isf": 0.08, "self": 0.22}
_ADVOCATE = {"yes": 0.62, "no": 0.26, "": 0.12}
_AGES = {"under 65": 0.16, "65 to 74": 0.14, "75 to 84": 0.30, "85 and over": 0.34, "": 0.06}
_NEEDS = {"dementia": 0.24, "catheter": 0.07, "peg": 0.02}
_ASKED_GENDER = {"": 0.76, "female": 0.21, "male": 0.03}
_MODES = {
    "urban": {"car": 0.78, "foot": 0.10, "bicycle": 0.08, "motorcycle": 0.04},
    "rural": {"car": 0.96, "motorcycle": 0.04},
}
_GENDERS = {"female": 0.80, "male": 0.20}
_CONTRACTS = {"full-time": 0.45, "part-time": 0.18, "zero-hours": 0.37}
_TRAINED = {
    "medication": 0.92,
    "hoist": 0.85,
    "dementia": 0.75,
    "catheter": 0.50,
    "peg": 0.30,
    "end of life": 0.25,
}


def clients(spec: Spec, where: Town) -> list[ClientDraft]:
    """The clients, with everything but their care plans."""
    dice, called = Dice(spec.seed, "clients"), names(Dice(spec.seed, "names"))
    count = spec.clients
    funding, advocate = dice.quota(count, _FUNDING), dice.quota(count, _ADVOCATE)
    asked = dice.quota(count, _ASKED_GENDER)
    needs = {need: dice.quota(count, {True: share, False: 1 - share}) for need, share in _NEEDS.items()}
    ages = Dice(spec.seed, "ages").quota(count, _AGES)
    fresh = set(dice.some(range(count), round(count * 0.03)))
    found = []
    for i in range(count):
        place = where.home(dice)
        postcode = where.postcodes[place]
        found.append(
            ClientDraft(
                id=_id("C", i, count),
                name=next(called)[0 if dice.chance(0.62) else 1],
                postcode=postcode,
                place=place,
                area=postcode.split()[0],
                funding=funding[i],
                advocate=advocate[i],
                interests=tuple(sorted(dice.some(INTERESTS, dice.whole(1, 3)))),
                languages=_languages(spec, dice),
                wishes=dice.pick(_WISHES) if dice.chance(0.4) else "",
                age_band=ages[i],
                gender_wish=asked[i],
                needs=frozenset(need for need in _NEEDS if needs[need][i]),
                new=i in fresh and spec.history_weeks > 0,
                plan_from=_plan_from(spec, dice, i in fresh),
            )
        )
    return found


def carers(spec: Spec, where: Town, count: int, near: list[int]) -> list[CarerDraft]:
    """The carers, with everything but their shifts. Who walks or cycles lives where most clients are (`near`)."""
    dice, called = Dice(spec.seed, "carers"), islice(names(Dice(spec.seed, "names")), spec.clients, None)
    modes, genders = dice.quota(count, _MODES[spec.setting]), dice.quota(count, _GENDERS)
    contracts = dice.quota(count, _CONTRACTS)
    trained = {skill: dice.quota(count, {True: share, False: 1 - share}) for skill, share in _TRAINED.items()}
    young = set(dice.some([i for i in range(count) if contracts[i] == "part-time"], count // 45))
    found = []
    for i in range(count):
        place = dice.pick(near) if modes[i] in ("foot", "bicycle") and near else where.home(dice)
        found.append(
            CarerDraft(
                id=_id("K", i, count),
                name=next(called)[0 if genders[i] == "female" else 1],
                postcode=where.postcodes[place],
                place=place,
                mode="bicycle" if i in young else modes[i],
                gender=genders[i],
                contract=contracts[i],
                skills={skill for skill in _TRAINED if trained[skill][i]} if i not in young else {"dementia"},
                interests=tuple(sorted(dice.some(INTERESTS, dice.whole(2, 4)))),
                languages=_languages(spec, dice),
                young=i in young,
            )
        )
    return found


def _languages(spec: Spec, dice: Dice) -> tuple[str, ...]:
    others = tuple(name for name, share in _LANGUAGES[spec.nation].items() if dice.chance(share))
    return ("English", *others[:1])


def _plan_from(spec: Spec, dice: Dice, new: bool) -> date:
    """Most plans are months old; a few were reviewed lately, and then everybody is new to the plan."""
    if new:
        return spec.start
    days = dice.whole(5, 25) if dice.chance(0.08) else dice.whole(60, 500)
    return spec.start - timedelta(days=days)


def _id(letter: str, i: int, count: int) -> str:
    return f"{letter}{i + 1:0{max(2, len(str(count)))}d}"
