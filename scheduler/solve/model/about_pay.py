"""Verbs about what a carer's minutes and journeys cost, and what is due for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.model.written import UNLIMITED, Floor, Written, class_of


class AboutPay(Written):
    """Wages, mileage, paid hours and the pay that the law asks for."""

    def pay(self, carer: int, day: int, contact: int, travel: int, waiting: int, waiting_cap: int) -> None:
        self.pay_rates[carer, day] += (contact, travel, waiting)
        if waiting:  # contact-only terms pay for none, and must not cap what unpaid waiting is priced by
            self.pay_cap[carer] = min(waiting_cap, UNLIMITED)

    def paid(self, carer: int, contact: bool, travel: bool, waiting: bool) -> None:
        self.paid_kinds[carer] = contact, travel, waiting

    def charge_paid(
        self, carer: int, week: int, below: int, per_below: int, above: int, per_above: int
    ) -> None:
        prices = self.paid_prices[carer, week]
        if per_below:
            prices[:2] = below, per_below
        if per_above:
            prices[2:] = above, per_above

    def pay_floor(
        self,
        carer: int,
        weeks: range,
        due: int,
        earned: int,
        least: Sequence[int],
        costs: NDArray[np.int32],
        waiting_cap: int,
        price: int,
    ) -> None:
        self.floors[carer] = Floor(earned, class_of(self.leg_amounts, costs), price)
        for week, minutes in zip(weeks, least, strict=True):
            self.floor_due[carer, week] = due
            self.floor_weeks[carer, week] = weeks.start, weeks.stop, minutes
        self.work_cap[carer] = waiting_cap

    def charge_legs(self, carer: int, amounts: NDArray[np.int32]) -> None:
        self.leg_class[carer] = class_of(self.leg_amounts, amounts)

    def charge_home(self, carer: int, per_minute: int) -> None:
        self.home_price[carer] += per_minute
