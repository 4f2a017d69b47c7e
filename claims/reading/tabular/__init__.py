"""Tables and JSON of articles: a row each, or an object."""
