"""One person's data: export and erasure (UK GDPR), for managers."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.database.audit import record
from api.database.models import PersonKind
from api.desk import erase as work
from api.desk.erase_prepare import prepare
from api.desk.export_person import export
from api.desk.people import person as find_person
from api.errors import Trouble
from api.schemas import ErasureBody, ErasureOut, PersonExport
from api.security.guard import Desk, Managing

router = APIRouter(prefix="/agencies/{agency}/people/{kind}/{person:path}", tags=["personal data"])
TRIES = 3
Kind = Annotated[PersonKind, Path(description="client or carer")]
PersonPath = Annotated[
    str, Path(description="The id of the client or carer in the agency's data.", max_length=200)
]


@router.get("/export", summary="Everything about one person", response_model=PersonExport)
def get_export(desk: Managing, kind: Kind, person: PersonPath) -> Response:
    """One JSON file with all rows, visits, edits, links, accounts and audit entries about the person. A client's names
    carers by their first names, a carer's no client. The audit tells that it was made."""
    with desk.reading() as session:
        found = find_person(session, kind, person)
        told = export(session, found)
    with desk.writing() as session:
        record(session, "exported", kind, {}, desk.agency)
    headers = {"Content-Disposition": f'attachment; filename="{kind}.json"'}
    return Response(
        json.dumps(told, ensure_ascii=False, indent=1), media_type="application/json", headers=headers
    )


@router.post("/erasure", summary="Erase one person")
def post_erasure(desk: Managing, kind: Kind, person: PersonPath, body: ErasureBody) -> ErasureOut:
    """A meaningless id takes the person's place in all data, rotas and history; calendar links and the own account
    end. Cannot be undone. `confirm` must be the person's name (else 422); not while a plan runs (409)."""
    erased = erase(desk, kind, person, body.confirm)
    return ErasureOut(pseudonym=erased.pseudonym, changed=dict(erased.counts), kept=list(work.KEPT[kind]))


def erase(desk: Desk, kind: PersonKind, person: str, confirm: str) -> work.Erased:
    """Erase, and afterwards clean up what the database keeps beside its tables. What takes long is done before the
    database is held, and once more where somebody imported or planned meanwhile."""
    for _ in range(TRIES):
        with desk.reading() as session:
            prepared = prepare(session, find_person(session, kind, person), confirm)
        with desk.writing() as session:
            erased = work.erase(session, desk.agency, prepared, desk.person.user)
        if erased is not None:
            work.clean_up(desk.engine)
            return erased
    raise Trouble(
        409, "The data changed again and again while this was prepared: nothing was erased. Try again."
    )
