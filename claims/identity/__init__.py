"""Which known source a speaker is: names compared across articles, each decision with its rule and reason.

No SQL and no state: the caller looks up candidates by `keys` and asks `recognize`.

The same sources in another order come out in the same groups, but where something later tells two apart: "George Fenn"
joins the only Fenn known by then, "DFC" the only body with these initials; and where the roles that decide come later.
"""

from claims.identity.filing import better_name, identifies
from claims.identity.keys import keys, keys_of_names
from claims.identity.known import KnownSource, Possible, Recognition
from claims.identity.recognition import recognize

__all__ = ["KnownSource", "Possible", "Recognition", "better_name", "identifies", "keys", "keys_of_names", "recognize"]
