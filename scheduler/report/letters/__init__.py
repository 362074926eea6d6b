"""A letter for each client: who comes, when, for how long and what for, in words that everybody can read."""

from scheduler.report.letters.letter import Letter, letters
from scheduler.report.letters.pages import VERSIONS, letter_page
from scheduler.report.letters.since import Earlier

__all__ = ["VERSIONS", "Earlier", "Letter", "letter_page", "letters"]
