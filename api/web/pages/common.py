"""What the pages share: a form's text, and where to go next."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import Form, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ValidationError

from api.errors import Trouble

Body = TypeVar("Body", bound=BaseModel)
Text = Annotated[str, Form(max_length=300)]


def go(path: str) -> Response:
    """See there."""
    return RedirectResponse(path, 303)


def filled(body: type[Body], **fields: str) -> Body:
    """What a form holds, held to the same limits as the API's body. Raises Trouble with one sentence a field."""
    try:
        return body(**fields)
    except ValidationError as error:
        told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise Trouble(422, ". ".join(told) + ".") from None
