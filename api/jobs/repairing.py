"""The process of one repair: each proposal is written as soon as it is found."""

from __future__ import annotations

from sqlalchemy import Engine

from api.database.models import Job, JobState
from api.database.tenancy import for_agency
from api.desk.problems import packed
from api.desk.queue import WHO, Claimed, finish, hold, report
from api.desk.repairs import day_of, find_repair, found, keep
from api.desk.rotas import open_rota
from scheduler.errors import CareroundError
from scheduler.repair import propose


def repair(engine: Engine, job: Job, claimed: Claimed) -> None:
    """Find and write the proposals of a repair; its end, too."""
    asked = job.request
    with for_agency(engine, job.agency_id, WHO) as session:
        kept = find_repair(session, asked["repair"])
        day = day_of(session, kept)
        locked = open_rota(session, kept.rota_id).locked
    recorded = packed(day.recorded())
    report(engine, claimed, "looking for a way with few changes", [])
    told, state = "", JobState.DONE
    try:
        for proposal in propose(day, locked, asked["iterations"], asked["seconds"], workers=asked["workers"]):
            one = found(day, proposal)
            with for_agency(engine, job.agency_id, WHO, writes=True) as session:
                held = hold(session, claimed)
                if held is None:
                    return
                kept = find_repair(session, asked["repair"])
                if kept.applied is None:  # else its drafts are gone by now, and a new one would stay behind
                    keep(session, kept, recorded, one)
            if report(engine, claimed, "looking for other ways", []):
                told, state = "Stopped: no more ways were looked for.", JobState.STOPPED
                break
    except CareroundError as error:
        told, state = str(error)[:2000], JobState.FAILED
    with for_agency(engine, job.agency_id, WHO, writes=True) as session:
        held = hold(session, claimed)
        if held is not None:
            finish(held, state, told or "All proposals are there.", stage="over")
