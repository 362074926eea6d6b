"""The coordinator's desk: the planner as a web service with accounts, a database, jobs and pages.

Nothing below imports this package. `careround serve` is its door; `create_app(settings)` makes the application.
"""
