"""Faults between rows and tables. Each check is a function from an Agency to its faults or warnings."""
