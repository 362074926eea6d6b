"""Plans as jobs: each in its own process, told of in the database, never forgotten."""
