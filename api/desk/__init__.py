"""The work of the desk behind its routes: data, problems, rotas, edits, the board. Nothing here knows of HTTP."""
