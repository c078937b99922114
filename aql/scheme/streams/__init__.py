"""The switching rules on many streams of lots at once, in frames."""
