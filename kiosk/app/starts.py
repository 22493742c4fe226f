"""A role under systemd, which starts it again at once, waits by itself before it fails once more."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.rules.health.starts import LONGEST_PAUSE_S, Start, next_start

log = logging.getLogger(__name__)


@contextmanager
def in_turn(
    file: Path,
    role: str,
    mono_s: Callable[[], float],
    sleep: Callable[[float], None],
    environment: Mapping[str, str] = os.environ,
) -> Iterator[None]:
    """Around a role's life: enter it when it is its turn. file: where it is noted; gone after an orderly end.

    The keeper (`kiosk run`) waits by itself; so this one does so under systemd alone. A disk that cannot be written
    makes nobody wait.
    """
    if not environment.get("NOTIFY_SOCKET"):
        yield
        return
    now_s = mono_s()
    start = next_start(_last(file, now_s), now_s)
    wait_s = start.begins_s - now_s
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([start.failures, start.begins_s]), encoding="utf-8")
    if start.failures > 1:
        log.error(
            "the %s role ended soon after its start %d times in a row; it begins in %.1f s: the lines above say why",
            role, start.failures, wait_s,
        )  # fmt: skip
    if wait_s > 0:
        sleep(wait_s)
    yield
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _last(file: Path, now_s: float) -> Start | None:
    """What is noted of the start before; None where nothing can be believed, as after a boot."""
    try:
        failures, begins_s = json.loads(file.read_text(encoding="utf-8"))
        last = Start(int(failures), float(begins_s))
    except (OSError, ValueError, TypeError):
        return None
    return last if last.begins_s <= now_s + LONGEST_PAUSE_S else None
