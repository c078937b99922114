"""What was agreed: terms, measures, the document and its check."""
