"""The shape of the project beyond what import-linter holds: rules stand alone, docstrings, the lock, the version."""

import ast
import importlib.metadata
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED = [name for name in ("scheduler", "scenarios", "api") if (ROOT / name / "__init__.py").is_file()]
RULES = "scheduler.rules"

# Written in two halves, so that this file passes its own test.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "registry.yarnpkg" + ".com",
    "deb.debian" + ".org",
]


def modules_of(package: str) -> list[Path]:
    return sorted((ROOT / package.replace(".", "/")).rglob("*.py"))


def imports_of(module: str, source: str, *, is_package: bool = False) -> Iterator[str]:
    """Every dotted name that the source may import, relative ones made absolute: `from a import b` gives a and a.b."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def rules_imported(rule: str, source: str) -> set[str]:
    """The other rules that a rule imports; base is no rule, and __init__ is where the rules are listed."""
    names = {name.removeprefix(f"{RULES}.").split(".")[0] for name in imports_of(f"{RULES}.{rule}", source)
             if name.startswith(f"{RULES}.")}  # fmt: skip
    files = {path.stem for path in (ROOT / "scheduler/rules").glob("*.py")} | {"another"}
    return (names & files) - {rule, "base", "__init__"}


def text_files() -> Iterator[tuple[str, str]]:
    """Name and text of every file that is committed, or would be by `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            yield name, content.decode("utf-8", errors="replace")


def test_no_rule_imports_another() -> None:
    faults = {
        path.stem: found
        for path in sorted((ROOT / "scheduler/rules").glob("*.py"))
        if path.stem not in ("base", "__init__")
        and (found := rules_imported(path.stem, path.read_text(encoding="utf-8")))
    }
    assert not faults, (
        f"a rule stands alone; what two rules share belongs in base.py or below rules/: {faults}"
    )


@pytest.mark.parametrize(
    "line",
    [
        "from scheduler.rules import another",
        "from scheduler.rules.another import LIMIT",
        "import scheduler.rules.another as other",
        "from . import another",
        "from .another import LIMIT",
        "def findings():\n    from .another import LIMIT",
    ],
)
def test_every_way_of_importing_a_rule_is_seen(line: str) -> None:
    assert rules_imported("one", line) == {"another"}


@pytest.mark.parametrize(
    "line",
    [
        "from scheduler.rules.base import Rule",
        "from .base import Rule",
        "from ..domain import Visit",
        "import another",
    ],
)
def test_what_is_no_rule_may_be_imported(line: str) -> None:
    assert rules_imported("one", line) == set()


def test_every_module_has_a_docstring() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for package in SHIPPED
        for path in modules_of(package)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, f"the first line of a module says what it is for: {silent}"


def test_import_contracts_know_every_package() -> None:
    """A package that import-linter is not told of could import anything, and `make contracts` would still pass."""
    settings = PYPROJECT["tool"]["importlinter"]
    assert settings["root_packages"] == SHIPPED
    for contract in settings["contracts"]:
        if contract["type"] == "forbidden" and "fastapi" not in contract["forbidden_modules"]:
            assert contract["source_modules"] == SHIPPED, contract["name"]


def test_no_committed_file_names_a_registry_host() -> None:
    """A lock file or a page that names a host works only where that host is reached; a mirror must do as well."""
    named = [(name, host) for name, text in text_files() for host in REGISTRY_HOSTS if host in text]
    assert not named


def test_the_lock_holds_hashes_and_no_places() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if "://" in line or line.startswith(("-", "/"))]
    assert not wrong, "requirements.lock is written by `make lock` only"
    pins = [number for number, line in enumerate(lines) if "==" in line and not line.startswith(("#", " "))]
    assert pins
    assert all(lines[number + 1].strip().startswith("--hash=sha256:") for number in pins)


def test_the_lock_holds_every_direct_dependency() -> None:
    project = PYPROJECT["project"]
    wanted = {
        re.split(r"\[|>=", requirement)[0].lower()
        for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    }
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {
        line.split("==")[0] for line in lock.splitlines() if "==" in line and not line.startswith(("#", " "))
    }
    assert wanted <= locked, f"`make lock` is due: {sorted(wanted - locked)}"


def test_the_installed_version_is_the_one_in_pyproject() -> None:
    try:
        installed = importlib.metadata.version("careround")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("careround is run from its folder without being installed (`make test` installs it)")
    assert installed == PYPROJECT["project"]["version"], "`make setup` is due"
