"""`python -m vigold`."""

from vigold.cli import main

main()
