"""Suggestions from notes and clocked visits."""
