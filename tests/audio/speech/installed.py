"""Whether the Kokoro voice is installed here; tests that need it say why they were left out."""

from __future__ import annotations

import importlib.util

import pytest

from kiosk.audio.speech.kokoro_model import PARTS

MISSING = [name for name in ("onnxruntime", *PARTS) if importlib.util.find_spec(name) is None]

needs_kokoro = pytest.mark.skipif(
    bool(MISSING), reason=f"the Kokoro voice is not installed here: tools/setup installs {', '.join(MISSING)}"
)
