"""How much one input may hold and take, in one place."""

MAX_BYTES = 20_000_000
"""A file or page larger than this is not read at all."""

MAX_CHARACTERS = 1_000_000
"""A text longer than this is a book, a dump or an attack, no article: the longest news features have 150,000."""

SILENCE_SECONDS = 20.0
"""How long a web server may keep silent."""

FETCH_SECONDS = 60.0
"""How long a page may take to arrive in all."""
