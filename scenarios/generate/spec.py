"""What a made-up agency is to be like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.errors import CareroundError
from scheduler.settings import NATIONS, Policy

SETTINGS = ("urban", "rural")
_POLICY = {"wales": Policy.WALES}
_SMALLEST, _LARGEST = 5, 2000


@dataclass(frozen=True, slots=True)
class Spec:
    """`carers=None` takes as many as the visits need. `policy` and `agency` left empty follow the nation and the
    first district. `light`: small packages, and double-ups in the morning only, so that very few carers can do them.
    Postcodes of Northern Ireland are under a licence of their own and cannot be used."""

    clients: int = 60
    carers: int | None = None
    districts: tuple[str, ...] = ("NP10", "NP18", "NP19", "NP20")
    seed: int = 1
    setting: str = "urban"
    nation: str = "wales"
    start: date = date(2026, 11, 23)
    history_weeks: int = 4
    policy: str = ""
    agency: str = ""
    light: bool = False

    def __post_init__(self) -> None:
        _require(
            _SMALLEST <= self.clients <= _LARGEST,
            f"{self.clients} clients; use {_SMALLEST} to {_LARGEST:,}.",
        )
        _require(self.carers is None or self.carers >= 2, f"{self.carers} carers; use 2 or more.")
        _require(bool(self.districts), "no postcode district; give one or more, such as 'NP20'.")
        _require(self.setting in SETTINGS, f"setting {self.setting!r}; use {' or '.join(SETTINGS)}.")
        _require(self.nation in NATIONS, f"nation {self.nation!r}; use one of {', '.join(NATIONS)}.")
        _require(0 <= self.history_weeks <= 52, f"{self.history_weeks} weeks of history; use 0 to 52.")
        _require(
            not self.policy or self.policy in tuple(Policy),
            f"policy {self.policy!r}; use one of {', '.join(Policy)}, or leave it empty.",
        )

    @property
    def policy_kept(self) -> Policy:
        """The minimum-length policy: as asked, else the law in Wales and NICE elsewhere."""
        return Policy(self.policy) if self.policy else _POLICY.get(self.nation, Policy.NICE)

    @property
    def name(self) -> str:
        """The agency's name."""
        return self.agency or f"Lantern Home Care, {self.districts[0]} (made up)"


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise CareroundError(f"Made-up agency: {message}")
