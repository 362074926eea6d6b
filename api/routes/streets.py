"""The streets under a board's map."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.desk.rotas import open_rota
from api.desk.streets import streets_around
from api.routes.common import AcceptEncoding, IfNoneMatch, RotaId, same, takes_gzip
from api.security.guard import Seeing

router = APIRouter(prefix="/agencies/{agency}/rotas", tags=["rotas"])
LINES = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "integer"}},
    "description": "Each line: latitude and longitude of its first point, then the steps to each next one, all in "
    "hundred-thousandths of a degree.",
}
STREETS = {
    "type": "object",
    "properties": {"main": LINES, "small": LINES, "told": {"type": "string"}},
    "required": ["main", "small", "told"],
}


@router.get(
    "/{rota}/streets", summary="The streets under the board's map", response_class=Response,
    responses={200: {"content": {"application/json": {"schema": STREETS}}}},
)  # fmt: skip
def get_streets(
    desk: Seeing, rota: RotaId, if_none_match: IfNoneMatch = None, accept_encoding: AcceptEncoding = ""
) -> Response:
    """Around the clients of this rota, from the map extract of the desk's machine: main roads and small streets, and
    the sentence to show with them (whose map it is, or why there are none and what to do)."""
    with desk.reading() as session:
        places = [client.place for client in open_rota(session, rota).problem.clients]
    found = streets_around(places)
    headers = {"ETag": found.etag, "Vary": "Accept-Encoding", "Cache-Control": "private, no-cache"}
    if same(found.etag, if_none_match):
        return Response(status_code=304, headers=headers)
    if takes_gzip(accept_encoding):
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, media_type="application/json", headers=headers)
    return Response(found.plain, media_type="application/json", headers=headers)
