"""What people keep: the report as a page, the sheet to fill in, the workbook."""
