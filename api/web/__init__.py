"""The pages: server-made HTML that works by itself, and a script each for the board, the progress of a plan and the
choice of changes."""

from api.web import compare, mine, pages, people

ROUTERS = (pages.router, compare.router, people.router, mine.router)
"""Every page, subject by subject."""
