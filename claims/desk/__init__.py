"""The claim desk: a Datasette plugin with pages to find, read and cite claims. Datasette finds hooks and files here."""

from claims.desk.hooks import (
    asgi_wrapper,
    extra_css_urls,
    menu_links,
    prepare_connection,
    prepare_jinja2_environment,
    register_routes,
    render_cell,
)

__all__ = [
    "asgi_wrapper",
    "extra_css_urls",
    "menu_links",
    "prepare_connection",
    "prepare_jinja2_environment",
    "register_routes",
    "render_cell",
]
