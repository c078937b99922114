"""The benchmarks that asv runs: the most common calls of the public interface."""
