"""Expressions of time in Vietnamese news, with their TIMEX3 values, by rules."""

from vigold.extraction.dates.spans import FAMILIES, LABELS, find, make

__all__ = ["FAMILIES", "LABELS", "find", "make"]
