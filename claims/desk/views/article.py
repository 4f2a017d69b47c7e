"""STUB"""

from typing import Any

from datasette import Response


async def show(datasette: Any, request: Any) -> Response:
    """STUB"""
    raise NotImplementedError


async def picture(datasette: Any, request: Any) -> Response:
    """STUB"""
    raise NotImplementedError
