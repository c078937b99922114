"""Frames of Dask and Spark; needs the extras ``dask`` and ``spark``, and Java for Spark."""
