"""The record: what people say about a text, and how it is kept beside it."""
