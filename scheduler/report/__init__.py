"""What people are given to read: a map, a page, a workbook, calendars, and the folder that holds them all.

Nothing here judges: the numbers are those of `check`, `cost` and `measures`. Names are imported where they are used,
so that drawing a map never waits for the charts.
"""
