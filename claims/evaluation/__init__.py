"""How well attributions are found: annotated articles read and scored against."""
