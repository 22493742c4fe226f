"""Runs in the emulated machine: a line of JSON in, a line of JSON out, over a virtio port."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from typing import IO, Any

PORT = Path("/dev/virtio-ports/kiosk.agent")
PAUSE = threading.Event()


def answer(order: dict[str, Any]) -> dict[str, Any]:
    command = ["/bin/bash", "-c", order["command"]]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=order["within_s"], check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        return {"code": 124, "said": (late.stdout or b"").decode(errors="replace")}
    return {"code": done.returncode, "said": done.stdout.decode(errors="replace")}


def serve(port: IO[bytes]) -> None:
    port.write(b'{"here": true}\n')
    buffer = b""
    while True:
        piece = port.read(1 << 16)
        if not piece:
            PAUSE.wait(0.02)
            continue
        buffer += piece
        while b"\n" in buffer:
            line, buffer = buffer.split(b"\n", 1)
            said = json.dumps(answer(json.loads(line))).encode() + b"\n"
            while said:
                said = said[port.write(said[:4096]) :]


if __name__ == "__main__":
    while not PORT.exists():
        PAUSE.wait(0.05)
    with PORT.open("r+b", buffering=0) as opened:
        serve(opened)
