"""What if? Pick a question and its scenarios, run them, read the report."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import ValidationError

from api import london
from api.database.models import OVER
from api.errors import Trouble
from api.routes import studies as routes
from api.routes.common import After
from api.routes.studies import ITERATIONS, StudyId
from api.schemas import StudyBody
from api.security.guard import Aggregates, Asking, Desk, Managing
from api.web.pages.common import Text, go
from api.web.templating import page
from scheduler.intake.load import next_monday

router = APIRouter(include_in_schema=False, prefix="/a/{agency}/scenarios")
MOST = 20
"""Earlier runs on one page of the list."""
UNREADABLE = (
    "Tick a scenario at least, and give the first day, 1 to 92 days, 1 to 10 repeats and the search a week."
)


@router.get("")
def scenarios_page(
    request: Request,
    desk: Aggregates,
    family: Annotated[str, Query(max_length=60)] = "",
    after: After = "",
) -> Response:
    return _page(request, desk, family, after)


def _page(
    request: Request, desk: Desk, family: str, after: str = "", trouble: Trouble | None = None, **filled: Any
) -> Response:
    families = routes.get_scenarios(desk)
    known: dict[str, Any] = {
        "families": families,
        "chosen": next((one for one in families if one.name == family), None),
        "earlier": routes.get_studies(desk, MOST, after),
        "trouble": trouble,
        "filled": {
            "ticked": None,
            "start": next_monday(london.today()).isoformat(),
            "days": "7",
            "seeds": "3",
            "effort": str(ITERATIONS),
            "unit": "iterations",
            "readings": "both",
            "rate": "",
            **filled,
        },
    }
    return page(request, "scenarios.html", desk, status=trouble.status if trouble else 200, **known)


@router.post("")
def start(
    request: Request,
    desk: Asking,
    family: Text = "",
    start: Text = "",
    days: Text = "",
    seeds: Text = "",
    effort: Text = "",
    unit: Text = "",
    readings: Text = "",
    rate: Text = "",
    scenarios: Annotated[list[str], Form()] = [],  # noqa: B006  (FastAPI copies it)
) -> Response:
    filled: dict[str, Any] = {
        "ticked": scenarios,
        "start": start,
        "days": days,
        "seeds": seeds,
        "effort": effort,
        "unit": unit,
        "readings": readings,
        "rate": rate,
    }
    try:
        # (The form's words are checked by the model; nothing ticked would mean all of them.)
        words = {"family": family, "start": start, "days": days, "seeds": seeds, "readings": readings}
        search = {"seconds" if unit == "seconds" else "iterations": effort}
        paid = {"rate_pence": round(100 * float(rate))} if rate else {}
        if not scenarios:
            raise ValueError("nothing is ticked")
        body = StudyBody.model_validate({**words, **search, **paid, "scenarios": scenarios})
        id = routes.begin(desk, body)
    except (ValidationError, ValueError, OverflowError):
        return _page(request, desk, family, trouble=Trouble(422, UNREADABLE), **filled)
    except Trouble as trouble:
        return _page(request, desk, family, trouble=trouble, **filled)
    return go(f"/a/{desk.agency}/scenarios/{id}")


@router.get("/{study}")
def study_page(request: Request, desk: Aggregates, study: StudyId) -> Response:
    shown = routes.get_study(desk, study)
    return page(request, "study.html", desk, study=shown, over=shown.state in OVER)


@router.post("/{study}/stop")
def stop(desk: Asking, study: StudyId) -> Response:
    routes.post_stop_study(desk, study)
    return go(f"/a/{desk.agency}/scenarios/{study}")


@router.post("/{study}/go-on")
def go_on(desk: Asking, study: StudyId) -> Response:
    routes.post_go_on(desk, study)
    return go(f"/a/{desk.agency}/scenarios/{study}")


@router.post("/{study}/delete")
def delete(desk: Managing, study: StudyId) -> Response:
    routes.delete_study(desk, study)
    return go(f"/a/{desk.agency}/scenarios")
