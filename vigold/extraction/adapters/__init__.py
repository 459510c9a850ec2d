"""Extractors that others wrote, behind the one protocol, to compare with."""
