"""Who is meant by the source words of an attribution: names made full, pronouns resolved, kinds told."""

from claims.speakers.resolve import resolve

__all__ = ["resolve"]
