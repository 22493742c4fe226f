"""An export as it lies on the disk: its fingerprint, its encoding, and its lines."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from kiosk.errors import DeviceFault
from kiosk.sentences import tell
from kiosk.tills.export import BadExport, CutOff, Mistake

CHUNK = 1 << 20
EVERY = 2_000  # lines between two words on the progress

Progress = Callable[[float], None]  # told 0 to 1


@dataclass(frozen=True, slots=True)
class Survey:
    """What can be said of a file without knowing what is in it."""

    sha256: str
    encoding: str
    size: int


def survey(path: Path) -> Survey:
    """Read it once. Raises BadExport for an encoding that no till writes, CutOff where a character is cut in two."""
    digest = hashlib.sha256()
    encodings = ["utf-8-sig", "gb18030"]
    decoders = {name: codecs.getincrementaldecoder(name)() for name in encodings}
    size = lines = at = 0
    with _told(path), path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not size and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise BadExport([Mistake(1, "is UTF-16 text", "let the till export UTF-8 or GB18030")])
            digest.update(chunk)
            for name in list(encodings):
                try:
                    decoders[name].decode(chunk)
                except UnicodeDecodeError as error:
                    encodings.remove(name)
                    at = lines + chunk.count(b"\n", 0, max(0, error.start)) + 1
            if b"\x00" in chunk:
                encodings.clear()
                at = lines + chunk.count(b"\n", 0, chunk.index(b"\x00")) + 1
            if not encodings:
                remedy = "let the till export one of them"
                raise BadExport([Mistake(at, "is neither UTF-8 nor GB18030 text", remedy)])
            size += len(chunk)
            lines += chunk.count(b"\n")
    if not size:
        raise CutOff("it is empty")
    if decoders[encodings[0]].getstate()[0]:
        raise CutOff("it ends in the middle of a character")
    return Survey(digest.hexdigest(), encodings[0], size)


@contextmanager
def lines_of(path: Path, found: Survey, progress: Progress) -> Iterator[Iterator[str]]:
    """Its lines, with their ends."""
    with _told(path), path.open("rb") as raw:
        text = TextIOWrapper(raw, encoding=found.encoding, newline="")

        def lines() -> Iterator[str]:
            for at, line in enumerate(text):
                if at % EVERY == 0:
                    progress(min(1.0, raw.tell() / found.size))
                yield line
            progress(1.0)

        yield lines()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, DeviceFault):
            raise
        raise DeviceFault(
            tell(
                "{path} cannot be read: {cause}; let the kiosk's user read it",
                path=path,
                cause=error.strerror or error,
            )
        ) from error
