"""The process in which the Kokoro model lives: numbers of phonemes in, samples out; it ends when nobody asks any more.

It is run as a file, so that nothing of the kiosk is loaded beside the model:

    python -P kokoro_child.py MODEL THREADS IDLE_S

A request is a line of JSON: tokens (at most 510, without the ends), voice (the path of a style file), speed. The answer
is a line of JSON, {"samples": N} and N little-endian float32 at 24 kHz, or {"error": "..."}.
"""

from __future__ import annotations

import json
import os
import select
import sys
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

STYLE_ROWS = 510
STYLE_WIDTH = 256
SHORTEST_STYLE = 80  # a shorter sentence read in the style of its own length is hurried and slurred
NICENESS = 10


def main(arguments: list[str]) -> int:
    """Answers until stdin ends or nothing was asked for IDLE_S seconds."""
    model, threads, idle_s = arguments[0], int(arguments[1]), float(arguments[2])
    os.nice(max(0, NICENESS - os.nice(0)))
    answers = sys.stdout.buffer
    try:
        session = _opened(model, threads)
    except Exception as error:  # noqa: BLE001 -- the process boundary: the asker has to hear of anything
        _tell(answers, {"error": f"the model cannot be opened: {error}"})
        return 1
    while select.select([sys.stdin], [], [], idle_s)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return 0
        try:
            wave = _spoken(session, json.loads(line))
        except Exception as error:  # noqa: BLE001 -- as above
            _tell(answers, {"error": str(error)})
        else:
            _tell(answers, {"samples": len(wave)}, wave.astype("<f4").tobytes())
    return 0


def _opened(model: str, threads: int) -> Any:
    import onnxruntime  # here, so that its absence is told

    onnxruntime.set_seed(0)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # 60 MB less, and the lengths differ each time anyway
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # the processor is not ours alone
    return onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])


def _spoken(session: Any, asked: dict[str, Any]) -> NDArray[np.float32]:
    tokens = asked["tokens"]
    styles = np.memmap(asked["voice"], dtype="<f4", mode="r", shape=(STYLE_ROWS, STYLE_WIDTH))
    (wave,) = session.run(
        None,
        {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": np.array(styles[max(len(tokens), SHORTEST_STYLE) - 1])[np.newaxis],
            "speed": np.array([asked["speed"]], dtype=np.float32),
        },
    )
    return np.asarray(wave, dtype=np.float32).ravel()


def _tell(answers: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n" + body)
    answers.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
