"""Second implementations, written from the documentation alone; they import nothing from the package."""
