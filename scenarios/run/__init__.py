"""Running scenarios: what is to be planned, in parallel, kept as it finishes, and taken up again where it stopped."""
