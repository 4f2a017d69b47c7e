"""How much one input may hold and take, in one place."""

MAX_BYTES = 20_000_000
"""A file or page larger than this is not read at all."""

MAX_CHARACTERS = 1_000_000
"""A text longer than this is a book, a dump or an attack, no article: the longest news features have 150,000."""

SILENCE_SECONDS = 20.0
"""How long a web server may keep silent."""

FETCH_SECONDS = 60.0
"""How long a page may take to arrive in all."""

MAX_ROW_BYTES = 8_000_000
"""A longer line of a table is passed over, not held in memory: that is eight times the longest article, escaped."""

MAX_UNPACKING = 100
"""A .gz file that unpacks to more than this many times its size is a bomb: news text shrinks to a third or a fifth,
and what repeats itself most (exports full of markup) to a fiftieth."""

MAX_FEED_BYTES = 10_000_000
"""A larger feed is not read: the largest with whole articles in them have two million."""

MAX_FEED_ENTRIES = 1_000
"""As many entries of a feed are read at a time: feeds of news hold 10 to 200."""

MAX_WARC_HEADER_BYTES = 200_000
"""What the head of a record in a web archive may have, that of the HTTP response included: real ones have 5,000."""

MAX_PAGES = 300
"""A longer PDF is a book or a court file, no article."""
