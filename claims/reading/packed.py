"""Files as streams: what is gzipped is unpacked while it is read, and a bomb is refused before it fills anything."""

import gzip
import io
import zlib
from typing import BinaryIO

from claims.errors import InputRefused
from claims.reading.limits import MAX_UNPACKING

_GZIP = b"\x1f\x8b"
_FREE = 1_000_000  # What nobody asks about: the rate of a small file tells nothing.


def opened(name: str, raw: BinaryIO) -> io.BufferedReader:
    """`raw` from where it stands, unpacked if it is gzipped; `peek(n)` shows the first n bytes (n ≤ 65536) for sure.

    Reading raises InputRefused, naming `name`, where the packed data are broken or unpack to implausibly much.
    """
    counted = _Counted(raw)
    stream: io.BufferedReader = io.BufferedReader(counted, 65536)
    if stream.peek(2)[:2] != _GZIP:
        return stream
    return io.BufferedReader(_Unpacked(name, stream, counted), 65536)


class _Counted(io.RawIOBase):
    """Bytes as they come, counted; a buffer is filled as far as there are any, so that one look shows the beginning."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        filled = 0
        while filled < len(buffer) and (piece := self._raw.read(len(buffer) - filled)):
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        self.count += filled
        return filled


class _Unpacked(io.RawIOBase):
    """What a gzipped stream holds, as long as that is plausible."""

    def __init__(self, name: str, packed: io.BufferedReader, counted: _Counted) -> None:
        self._name = name
        self._file = gzip.GzipFile(fileobj=packed)
        self._counted = counted
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        filled = 0
        try:
            while filled < len(buffer) and (piece := self._file.read(len(buffer) - filled)):
                buffer[filled : filled + len(piece)] = piece
                filled += len(piece)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputRefused(self._name, f"is gzipped, but broken or cut off ({error})") from error
        self._unpacked += filled
        if self._unpacked > max(_FREE, MAX_UNPACKING * self._counted.count):
            raise InputRefused(
                self._name, f"unpacks to more than {MAX_UNPACKING} times its size: a bomb, or no articles; not read on"
            )
        return filled
