"""Scripts, styles and pictures of the pages: read once, sent compressed, and kept by browsers for as long as they are
what they were."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from fastapi import Request, Response

from api.errors import not_found
from scheduler.report.vendored import VENDOR

HERE = Path(__file__).parent
FOLDERS: Mapping[str, Path] = {
    "vendor/leaflet/": VENDOR / "leaflet",
    "vendor/": HERE / "vendor",
    "": HERE / "static",
}
"""Where the names under /static begin, and the folder that they stand for."""
FOR_A_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
WORTH_PACKING = 500
"""Bytes from which on compressing saves a packet."""


@dataclass(frozen=True)
class File:
    """One file as it is sent. `mark` is of its content: another content has another one."""

    plain: bytes
    packed: bytes | None
    media: str
    mark: str


@cache
def files() -> Mapping[str, File]:
    """Name under /static -> the file. (Only what is there at the start can be asked for: no name leads out of it.)"""
    return dict(_found())


def asset(name: str) -> str:
    """The address of a file for a page. It changes with the content, so that a browser may keep what it has."""
    return f"/static/{name}?v={files()[name].mark}"


def serve(request: Request) -> Response:
    """A file of the shelf."""
    file = files().get(request.path_params["name"])
    if file is None:
        raise not_found()
    kept = FOR_A_YEAR if request.query_params.get("v") == file.mark else ASK_AGAIN
    etag = f'"{file.mark}"'
    headers = {"Cache-Control": kept, "ETag": etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == etag:
        return Response(status_code=304, headers=headers)
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.packed, media_type=file.media, headers=headers)
    return Response(file.plain, media_type=file.media, headers=headers)


def _found() -> Iterator[tuple[str, File]]:
    for begins, folder in FOLDERS.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                plain = path.read_bytes()
                media = guess_type(path.name)[0] or "application/octet-stream"
                packed = gzip.compress(plain, mtime=0) if len(plain) > WORTH_PACKING else None
                smaller = packed if packed is not None and len(packed) < len(plain) else None
                mark = sha256(plain).hexdigest()[:12]
                yield begins + path.relative_to(folder).as_posix(), File(plain, smaller, media, mark)
