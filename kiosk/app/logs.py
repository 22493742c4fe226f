"""Where log lines go: to stderr under systemd, which keeps them in the journal; to a file beside the board."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_to(file: Path | None, level: int) -> None:
    """Send log lines to a file (a megabyte, one older one kept), or to stderr."""
    handler: logging.Handler
    if file is None:
        handler = logging.StreamHandler(sys.stderr)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    logging.basicConfig(level=level, format=_FORM, handlers=[handler], force=True)
