"""The library: finding, loading and searching articles."""
