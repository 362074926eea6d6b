"""The agency's tables: bulk import with every fault at once, export, and one table at a time."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Path, Query, Response, UploadFile

from api.desk import tables as work
from api.desk.tables import Imported, Upload
from api.routes.common import After, IfMatch, Limit, seen_version
from api.schemas import FaultOut, ImportOut, TableBody, TableOut, TablesOut
from api.security.guard import Planning, Seeing

router = APIRouter(prefix="/agencies/{agency}", tags=["tables"])
TableName = Annotated[str, Path(description="clients, visits, carers, shifts ...", max_length=40)]
Start = Annotated[date | None, Query(description="First day of the week that the data is tried on.")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/tables", summary="The tables")
def get_tables(desk: Seeing, response: Response) -> TablesOut:
    """How many rows each has. The ETag is the version of the data."""
    with desk.reading() as session:
        version, tables = work.current(session)
    response.headers["ETag"] = f'"{version}"'
    return TablesOut(version=version, rows=work.counts(tables))


@router.post("/imports", status_code=201, summary="Import an agency")
def post_import(
    desk: Planning,
    files: Annotated[
        list[UploadFile], File(description="A workbook, a JSON file, or all CSV files of a folder.")
    ],
    start: Start = None,
    dry_run: Annotated[bool, Query(description="Only say what is wrong.")] = False,
) -> ImportOut:
    """All tables anew. Faults come back all at once (422) with file, row, column and cure, and nothing is changed."""
    uploads = [Upload(file.filename or "file", file.file.read()) for file in files]
    imported = work.read_files(uploads, start)
    with desk.writing() as session:
        version = work.keep(session, desk.agency, imported, desk.person.user)
        if dry_run:
            session.rollback()
            version -= 1
    warnings = [FaultOut(**work.fault_json(warning)) for warning in imported.warnings]
    return ImportOut(version=version, rows=work.counts(imported.tables), warnings=warnings)


@router.get("/tables/{table}", summary="One table")
def get_table(desk: Seeing, table: TableName, limit: Limit = 100, after: After = "0") -> TableOut:
    """Its rows as texts, as they were written."""
    with desk.reading() as session:
        version, tables = work.current(session)
    rows = work.one_table(tables, table)
    first = int(after) if after.isascii() and after.isdigit() else 0
    last = first + limit
    return TableOut(
        name=table, version=version, items=rows[first:last], next=str(last) if last < len(rows) else None
    )


@router.put("/tables/{table}", summary="One table anew")
def put_table(desk: Planning, table: TableName, body: TableBody, if_match: IfMatch = None) -> ImportOut:
    """All rows of one table; the whole agency is checked before anything is changed."""
    seen = seen_version(if_match)
    with desk.reading() as session:
        _, tables = work.current(session)
        work.one_table(tables, table)
    changed = {**tables, table: body.rows}
    found = work.check_tables(changed, None)
    with desk.writing() as session:
        version = work.keep(session, desk.agency, Imported(changed, found), desk.person.user, seen)
    warnings = [FaultOut(**work.fault_json(warning)) for warning in found]
    return ImportOut(version=version, rows=work.counts(changed), warnings=warnings)


@router.get(
    "/export.json", summary="Everything as JSON", response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)  # fmt: skip
def export_json(desk: Seeing) -> Response:
    """All tables as one file that `careround plan` and the import take."""
    with desk.reading() as session:
        _, tables = work.current(session)
    headers = {"Content-Disposition": 'attachment; filename="agency.json"'}
    return Response(json.dumps(tables, ensure_ascii=False), media_type="application/json", headers=headers)


@router.get(
    "/export.xlsx", summary="Everything as a workbook", response_class=Response,
    responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
)  # fmt: skip
def export_workbook(desk: Seeing) -> Response:
    """All tables as one workbook that `careround plan` and the import take."""
    with desk.reading() as session:
        _, tables = work.current(session)
    headers = {"Content-Disposition": 'attachment; filename="agency.xlsx"'}
    return Response(work.as_workbook(tables), media_type=XLSX, headers=headers)
