"""The coordinator's desk as people wait for it: the board, a drag's verdict, ranked carers, and fifty at once."""
