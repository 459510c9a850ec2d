"""Gold to a dataset that others load."""
