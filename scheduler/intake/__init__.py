"""From an agency's tables to a Problem: read, check every row and between the rows, expand the patterns."""
