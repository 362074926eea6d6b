"""One file of tests for each rule."""
