"""What Careround achieves and how fast: `python -m benchmarks COMMAND`. Part of the repository, not of the wheel."""
