"""Everything that can go wrong for a person's reason, as one tree of exceptions: each message says what to do."""


class ClaimsError(Exception):
    """The base of all errors that are meant for people; its text is shown as it is."""


class InputRefused(ClaimsError):
    """One input cannot be read; the rest goes on. `name` is the input, `reason` what is wrong with it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type["InputRefused"], tuple[str, str]]:
        # It travels from worker processes, and would be made anew there from its one text.
        return InputRefused, (self.name, self.reason)


class NotArticles(InputRefused):
    """An input that is sound, but of another kind than articles: refused where it is named, passed over in a folder."""


class ModelError(ClaimsError):
    """The tagger's model is absent, broken or of another make."""


class StoreError(ClaimsError):
    """The database cannot be opened, read or written."""


class RunningError(ClaimsError):
    """Workers cannot be started or reached."""
