"""Extractors: one protocol, one registry, and the extractors that vigold brings."""

from vigold.extraction import rules, simple
from vigold.extraction.registry import Entry, Extractor, Found, entries, extract, get, register

__all__ = ["Entry", "Extractor", "Found", "entries", "extract", "get", "register"]

register("rules", Entry(rules.make, rules.LABELS, "references, dates and names by rules and tables"))
register("simple", Entry(simple.make, simple.LABELS, "runs of capitals and plain date and number patterns; a floor"))
