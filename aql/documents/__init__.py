"""Documents as frozen values, their fields, and the cells of spreadsheets."""
