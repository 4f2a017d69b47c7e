"""Which address shows which page."""

from collections.abc import Callable
from typing import Any

from claims.desk.views import article, claim, contested, home, plots, search, source
from claims.desk.views.answers import guarded

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (pattern, guarded(view))
    for pattern, view in (
        (r"^/$", home.show),
        (r"^/search(?:\.(?P<form>json|csv|atom))?$", search.show),
        (r"^/article/(?P<number>\d+)(?:\.(?P<form>json))?$", article.show),
        (r"^/claim/(?P<number>\d+)(?:\.(?P<form>json|csv|atom))?$", claim.show),
        (r"^/source/(?P<number>\d+)(?:\.(?P<form>json|csv|atom))?$", source.show),
        (r"^/contested(?:\.(?P<form>json|csv|atom))?$", contested.show),
        (r"^/plots$", plots.show),
        (r"^/plots/(?P<name>[a-z-]+)\.svg$", plots.picture),
        (r"^/source/(?P<number>\d+)/(?P<name>[a-z-]+)\.svg$", source.picture),
        (r"^/claim/(?P<number>\d+)/(?P<name>[a-z-]+)\.svg$", claim.picture),
    )
]
