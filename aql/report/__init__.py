"""Files for people: the HTML report, the sheet to fill in, and the workbook."""
