"""Second implementations, written from the documents alone; they import nothing of the package."""
