"""What the API gives where carers are ranked for a visit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas import CandidateOut


class RankedOut(CandidateOut):
    """A carer who could come, with all who would come then, the leading carer first: what an edit asks for."""

    carers: Annotated[list[str], Field(examples=[["K02", "K05"]])]
    names: Annotated[list[str], Field(examples=[["Alun Wren", "Efa Kestrel"]])]
