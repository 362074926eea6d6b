"""Tests of Careround: they mirror the rooms of the program."""
