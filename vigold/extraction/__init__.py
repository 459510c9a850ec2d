"""Extractors: one protocol, one registry, and the extractors that vigold brings."""

from vigold.extraction import crf, dates, hybrid, names, references, rules, simple
from vigold.extraction.adapters import dateparser, heideltime, underthesea, vinlp
from vigold.extraction.registry import Entry, Extractor, Found, entries, extract, get, register

__all__ = ["Entry", "Extractor", "Found", "entries", "extract", "get", "register"]

register("rules", Entry(rules.make, rules.LABELS, "references, dates and names by rules and tables"))
register("references", Entry(references.make, references.LABELS, "document references, resolved within the article"))
register("dates", Entry(dates.make, dates.LABELS, "dates, times, lengths of time with their TIMEX3 values"))
register("names", Entry(names.make, names.LABELS, "names of persons, bodies, places, posts, events"))
register("simple", Entry(simple.make, simple.LABELS, "runs of capitals and plain date and number patterns; a floor"))
register("heideltime", Entry(heideltime.make, heideltime.LABELS, "HeidelTime for Vietnamese, warm", heideltime.NEEDS))
register("dateparser", Entry(dateparser.make, dateparser.LABELS, "search_dates of dateparser", dateparser.NEEDS))
register("underthesea", Entry(underthesea.make, underthesea.LABELS, "underthesea's CRF, flat", underthesea.NEEDS))
register("vinlp", Entry(vinlp.make, vinlp.LABELS, "ViNLP's CRF, flat, warm", vinlp.NEEDS))
register("crf", Entry(crf.make, (), "a model that you train; gives the labels it was trained on", crf.NEEDS, crf.train))
register(
    "hybrid",
    Entry(hybrid.make, (), "dates and references by rules, names by a model", hybrid.NEEDS, hybrid.train),
)
