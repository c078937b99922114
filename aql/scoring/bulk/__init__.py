"""Scoring of any number of lots in frames of pandas, polars, pyarrow or DuckDB."""
