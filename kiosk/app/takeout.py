"""Writes what the ledger knows into a folder or a zip file, with a manifest; whole or not there."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from kiosk.errors import DeviceFault, KioskError
from kiosk.ledger.folders import sync_folder
from kiosk.ledger.store import Ledger
from kiosk.ledger.takeout import SHEETS, left_inside, rows

MANIFEST = "manifest.json"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Table = Iterator[tuple[object, ...]]


def take_out(ledger: Ledger, target: Path, now: datetime, by: str, *, personal: bool, as_json: bool) -> dict[str, int]:
    """The rows of each table. target: ends in .zip, or is a folder that is not there yet. All of one moment.

    Raises KioskError where something is there, DeviceFault where the disk refuses, LedgerFault.
    """
    if target.exists():
        raise KioskError(f"{target} is there already: name another one")
    part = target.with_name(f".{target.name}.part")
    try:
        _clear(part)
        counts = (_into_zip if target.suffix == ".zip" else _into_folder)(
            part, lambda put: _fill(put, ledger, now, by, personal=personal, as_json=as_json)
        )
        part.rename(target)
        sync_folder(target.parent)
    except KioskError:
        raise
    except OSError as error:
        raise DeviceFault(f"{target} cannot be written: {error.strerror}; name a folder that exists") from error
    finally:
        _clear(part)
    return counts


Put = Callable[[str, Iterable[bytes]], None]
"""Write a file of that name from its pieces."""


def _fill(put: Put, ledger: Ledger, now: datetime, by: str, *, personal: bool, as_json: bool) -> dict[str, int]:
    write, ending = (_json_lines, "jsonl") if as_json else (_csv_lines, "csv")
    counts: dict[str, int] = {}
    files: dict[str, dict[str, object]] = {}

    with ledger.read() as connection:
        for sheet in SHEETS:
            columns, digest = sheet.columns(personal=personal), hashlib.sha256()

            def counted(found: Table, name: str = sheet.table) -> Table:
                counts[name] = 0
                for row in found:
                    counts[name] += 1
                    yield row

            def noted(pieces: Iterable[bytes], digest: hashlib._Hash = digest) -> Iterator[bytes]:
                for piece in pieces:
                    digest.update(piece)
                    yield piece

            put(
                f"{sheet.table}.{ending}",
                noted(write(columns, counted(rows(connection, sheet, personal=personal)))),
            )
            files[f"{sheet.table}.{ending}"] = {"rows": counts[sheet.table], "sha256": digest.hexdigest()}
    manifest = {
        "made": now.isoformat(timespec="seconds"),
        "by": by,
        "personal": personal,
        "files": files,
        "left_in_the_ledger": left_inside(personal=personal),
    }
    put(MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1).encode()])
    return counts


def _csv_lines(columns: tuple[str, ...], found: Table) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text)
    yield "\ufeff".encode()  # spreadsheets take it for what it is then
    for row in _with_head(columns, found):
        writer.writerow([_harmless(value) for value in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _with_head(columns: tuple[str, ...], found: Table) -> Table:
    yield columns
    yield from found


def _json_lines(columns: tuple[str, ...], found: Table) -> Iterator[bytes]:
    for row in found:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False).encode() + b"\n"


def _harmless(value: object) -> object:
    """What a spreadsheet would take for a formula is text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _into_zip(part: Path, fill: Callable[[Put], dict[str, int]]) -> dict[str, int]:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:

            def put(name: str, pieces: Iterable[bytes]) -> None:
                with packed.open(name, "w") as out:
                    _write(out, pieces)

            counts = fill(put)
        file.flush()
        os.fsync(file.fileno())
    return counts


def _into_folder(part: Path, fill: Callable[[Put], dict[str, int]]) -> dict[str, int]:
    part.mkdir(mode=0o700)

    def put(name: str, pieces: Iterable[bytes]) -> None:
        handle = os.open(part / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            _write(out, pieces)
            out.flush()
            os.fsync(out.fileno())

    counts = fill(put)
    sync_folder(part)
    return counts


def _write(out: IO[bytes], pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        out.write(piece)


def _clear(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)
