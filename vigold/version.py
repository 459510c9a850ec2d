"""The version of vigold, apart from the package itself so that any part may name it."""

__version__ = "0.1.0"
