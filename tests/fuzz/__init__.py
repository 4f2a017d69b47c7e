"""Hostile inputs by the ten thousand (`nice python -m tests.fuzz`); what it finds becomes an ordinary test."""
