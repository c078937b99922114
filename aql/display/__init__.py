"""Every value in words and as HTML."""
