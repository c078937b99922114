"""Hostile input: every file and value here was made to break a reader, and gets an error that says what is wrong."""
