"""The pages: server-made HTML that works by itself, and one script each for the board and the progress of a plan."""
