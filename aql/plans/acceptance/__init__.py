"""The engine behind the operating characteristic."""
