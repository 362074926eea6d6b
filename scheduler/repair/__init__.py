"""Repair today: the rota meets the day.

    day = take_in(begin(problem, rota, now), events)      what is done is fixed, what the events say holds
    for proposal in propose(day): ...                     at most three ways on, each a rota with its differences

Events are data (`Event`), each kind has a file (`kinds`). Nothing is changed in place: a repair that is not wanted is
forgotten, and the rota before it is there to the byte.
"""

from scheduler.repair.day import Day, begin
from scheduler.repair.event import Event, Refusal
from scheduler.repair.propose import Proposal, propose
from scheduler.repair.take_in import take_in
from scheduler.repair.tell import Tell, people_to_tell

__all__ = ["Day", "Event", "Proposal", "Refusal", "Tell", "begin", "people_to_tell", "propose", "take_in"]
