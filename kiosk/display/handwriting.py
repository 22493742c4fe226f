"""Characters written with a finger: zinnia reads them where the system has it and its model; else nobody offers it."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from kiosk.display.widgets import Stroke

LIBRARY = "libzinnia.so.0"
MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
SIDE = 1000
MOST = 20

log = logging.getLogger(__name__)

_SIZE, _HANDLE, _TEXT, _INT = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_FUNCTIONS: dict[str, tuple[object, Sequence[object]]] = {
    "zinnia_recognizer_new": (_HANDLE, []),
    "zinnia_recognizer_open": (_INT, [_HANDLE, _TEXT]),
    "zinnia_recognizer_classify": (_HANDLE, [_HANDLE, _HANDLE, _SIZE]),
    "zinnia_recognizer_destroy": (None, [_HANDLE]),
    "zinnia_character_new": (_HANDLE, []),
    "zinnia_character_set_width": (None, [_HANDLE, _SIZE]),
    "zinnia_character_set_height": (None, [_HANDLE, _SIZE]),
    "zinnia_character_add": (_INT, [_HANDLE, _SIZE, _INT, _INT]),
    "zinnia_character_destroy": (None, [_HANDLE]),
    "zinnia_result_size": (_SIZE, [_HANDLE]),
    "zinnia_result_value": (_TEXT, [_HANDLE, _SIZE]),
    "zinnia_result_destroy": (None, [_HANDLE]),
}


class Reader:
    """Reads one character from its lines, 7 ms. The model is mapped for as long as that takes: 25 MB less afterwards.

    One thread. Raises OSError where library or model are missing or damaged.
    """

    def __init__(self, library: str = LIBRARY, model: Path = MODEL) -> None:
        if not model.is_file():
            raise FileNotFoundError(f"{model} is not there")
        self._zinnia = ctypes.CDLL(library)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(self._zinnia, name)
            function.restype, function.argtypes = result, arguments
        self._model = model
        self._zinnia.zinnia_recognizer_destroy(self._opened())
        self.reads = lru_cache(maxsize=1)(self._reads)  # what is drawn may be somebody's name: only the last is kept

    def _opened(self) -> int:
        recogniser: int = self._zinnia.zinnia_recognizer_new()
        if not self._zinnia.zinnia_recognizer_open(recogniser, str(self._model).encode()):
            self._zinnia.zinnia_recognizer_destroy(recogniser)
            raise OSError(f"{self._model} is no model that zinnia can read")
        return recogniser

    def _reads(self, strokes: tuple[Stroke, ...]) -> tuple[str, ...]:
        """What the lines may be, the likeliest first."""
        if not any(strokes):
            return ()
        try:
            zinnia, recogniser = self._zinnia, self._opened()
        except OSError as fault:  # the package was taken away or is being replaced: the other keys still write
            log.warning("nothing drawn is read: %s", fault)
            return ()
        character = zinnia.zinnia_character_new()
        try:
            zinnia.zinnia_character_set_width(character, SIDE)
            zinnia.zinnia_character_set_height(character, SIDE)
            for number, stroke in enumerate(filter(None, strokes)):
                for x, y in stroke if len(stroke) > 1 else stroke * 2:
                    zinnia.zinnia_character_add(character, number, x, y)
            result = zinnia.zinnia_recognizer_classify(recogniser, character, MOST)
            if not result:
                return ()
            try:
                found = (
                    zinnia.zinnia_result_value(result, place) for place in range(zinnia.zinnia_result_size(result))
                )
                return tuple(dict.fromkeys(text.decode("utf-8", "replace") for text in found))
            finally:
                zinnia.zinnia_result_destroy(result)
        finally:
            zinnia.zinnia_character_destroy(character)
            zinnia.zinnia_recognizer_destroy(recogniser)


@cache
def reader() -> Reader | None:
    """The system's, opened when the first screen asks; None where it has none."""
    try:
        return Reader()
    except FileNotFoundError:
        return None
    except (OSError, AttributeError) as fault:
        log.warning("handwriting is not offered: %s; install libzinnia0 and its model again", fault)
        return None
