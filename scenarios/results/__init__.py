"""What is counted about each run, and how runs are set beside each other."""
