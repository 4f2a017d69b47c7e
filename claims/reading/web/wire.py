"""The way to a web server: to addresses that may be reached and no others, and until a deadline."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(Exception):
    """A name stands for an address that only this machine or its local network reaches."""


def public_addresses(host: str, port: int, private: bool = False) -> list[str]:
    """The addresses of `host`, each once. Raises NotPublic if one of them is not public, unless `private`; OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private:
        for address in addresses:
            if not is_public(ipaddress.ip_address(address)):
                raise NotPublic(host if host.strip("[]") == address else f"{host} is {address}")
    return addresses


def is_public(address: _Address) -> bool:
    """Whether an address lies in the open Internet; an IPv4 address inside an IPv6 one decides for it."""
    inner: Iterable[_Address | None] = ()
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            inner = [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
        elif address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
    return (
        (address.is_global or address in _TRANSLATED)
        and not (address.is_multicast or (address.is_reserved and address not in _TRANSLATED))
        and all(part is None or is_public(part) for part in inner)
    )


class Wire(httpcore.NetworkBackend):
    """Connects to the address that was checked, never to a name: what the name stands for a moment later matters not.

    `deadline` is a time.monotonic() after which nothing is waited for.
    """

    def __init__(self, deadline: float, private: bool) -> None:
        self._deadline = deadline
        self._private = private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address of `host` that answers. Raises NotPublic, httpcore.ConnectError/-Timeout."""
        try:
            addresses = public_addresses(host, port, self._private)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"there is no server named {host}") from error
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self.left(timeout, httpcore.ConnectTimeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self)
        raise failure

    def left(self, timeout: float | None, late: type[Exception]) -> float:
        """Seconds that the next step may take; raises `late` if none are left."""
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise late("the time for it is up")
        return seconds if timeout is None else min(timeout, seconds)


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends at the deadline, however little a server sends at a time."""

    def __init__(self, stream: httpcore.NetworkStream, wire: Wire) -> None:
        self._stream = stream
        self._wire = wire

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._wire.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._wire.left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._wire.left(timeout, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._wire)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()
