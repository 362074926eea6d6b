"""Explanations on paper: every number is that of summary, workbook and the explanations themselves."""

from __future__ import annotations

import json

from scheduler.explain import explain
from scheduler.report.explain_papers import AS_IT_IS, NO_CHANGE, explain_files, explain_paper
from scheduler.rules import rule
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_shift, a_visit
from tests.report.papers import page_of, sheets, shown


def a_morning():
    """Breakfast asks for a skill that nobody has, lunch ends after Aled's shift, tea is free to be taken."""
    visits = [
        a_visit(skills=frozenset({"hoist"})),
        a_visit("lunch", "12:00", slack=0),
        a_visit("tea", "16:00", slack=0),
        a_visit("dawn", "07:00", slack=0),
    ]
    shifts = [a_shift("aled", "06:30", "12:10"), a_shift("aled", "15:00", "20:00")]
    problem = a_problem(visits, [a_carer()], shifts=shifts)
    return a_rota(a_leg("dawn", "aled", "07:00")), problem


def test_page_workbook_and_summary_agree():
    rota, problem = a_morning()
    stories = explain(rota, problem)
    files = explain_files(stories, problem)
    told = json.loads(files["summary.json"])
    assert (told["explained"], told["unallocated"]) == (3, 3)
    assert (told["as_things_are"], told["with_a_change"]) == (1, 2)
    assert told["held_back"] == {"skills": 1, "shifts": 1}
    book, page = sheets(files["explain.xlsx"]), page_of(files, "explain.html")
    in_the_way = {row["Rule"]: row["Carers, over all visits"] for row in book["In the way"]}
    assert in_the_way == {rule(name).label: count for name, count in told["held_back"].items()}
    assert shown(page, "In the way") == [{k: str(v) for k, v in row.items()} for row in book["In the way"]]
    changes = [row["Change"] for row in book["Cheapest changes"]]
    assert [change.partition(" ")[0] for change in changes][:1] == ["train"]
    assert AS_IT_IS in changes
    assert all(change in page for change in changes)
    assert "Visits without anybody: 3." in page
    assert "Of them could be placed as things are: 1; with one single change: 2." in page
    spoken = [sentence for story in stories for sentence in story.sentences]
    assert [row["Sentence"] for row in book["Sentences"]] == spoken
    assert all(sentence in page for sentence in spoken)


def test_what_cannot_be_placed_says_so_and_what_is_planned_has_no_table():
    problem = a_problem([a_visit()], carers=[])
    (story,) = explain(a_rota(), problem)
    [change] = sheets(explain_files([story], problem)["explain.xlsx"])["Cheapest changes"]
    assert change["Change"] == NO_CHANGE
    rota, problem = a_morning()
    paper = explain_paper(explain(rota, problem, carer="aled"), problem)
    assert (list(paper.lead), len(paper.sections), paper.bad) == (["Explained here: 1."], 1, False)
    assert list(explain_paper([], problem).lead) == ["There is nothing to explain here."]
