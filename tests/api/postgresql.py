"""A PostgreSQL server of our own for the tests, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
# No test needs its data after the server is gone.
FASTER = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def a_server() -> Iterator[str]:
    """The address of a server that runs as long as the block does (without the database's name)."""
    assert PROGRAMS is not None
    folder = Path(tempfile.mkdtemp(prefix="careround-pg-"))
    folder.chmod(0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    port = _free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {FASTER}"
    try:
        _run(folder, "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        _run(folder, "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    finally:
        _run(folder, "pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, program: str, *arguments: str, check: bool = True) -> None:
    # PostgreSQL refuses to run as root.
    drop = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*drop, f"{PROGRAMS}/{program}", *arguments]
    subprocess.run(command, check=check, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
