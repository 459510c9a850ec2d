"""The report: one page that holds everything and asks nothing of the network."""
