"""The search engine: the one place that knows Whoosh and numpy.  Loaded when somebody first searches or indexes."""
