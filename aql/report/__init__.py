"""What people keep: the report as a page."""
