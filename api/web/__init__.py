"""The pages: server-made HTML that works by itself, and a script each for the board, the progress of a plan and the
choice of changes."""
