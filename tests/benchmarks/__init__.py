"""The benchmarks work on a tiny agency; nothing is timed."""
