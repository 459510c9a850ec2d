"""The quality of annotation: agreement of annotators, adjudication of what they dispute, lint of what is doubtful."""
