"""Published home care instances (UHHC JSON), planned by the project's own engine under the format's own rules.

    instance.py   the format's words, translated once          case.py      -> Problem, in whole ticks
    days.py       a carer's day from home to home              rules/       one file a rule, as the engine's verbs
    solution.py   rota -> the published solution format        judge.py     an independent reading of the format

Format and most instances: Ceschia, Da Ros, Di Gaspero, Mancini, Maniezzo, Montemanni, Rosati, Schaerf: "A Unified
Formulation for Home Healthcare Routing and Scheduling Problems", ITOR 2026, doi 10.1111/itor.70140; the public
repository iolab-uniud/uhhc on GitHub (CC BY 4.0). No instance is part of this project, and no solution but our own.
"""
