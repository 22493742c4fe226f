"""QR codes as squares, dark and light."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=32)
def modules(text: str) -> tuple[bytes, ...]:
    """The squares of a QR code, 1 is dark, with the quiet zone that the standard wants around it."""
    import segno  # loads an HTTP client for colours in SVG: only where a code is shown

    code = segno.make(text, micro=False, error="m")
    return tuple(bytes(row) for row in code.matrix_iter(scale=1, border=4))
