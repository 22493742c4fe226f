"""Short music around announcements: chimes, opening preludes and closing postludes."""

from comp import broken, hold, pad
from rhythm import bass
from song import Line, Part, Sec, Song

PRELUDES = "preludes"
CHIMES = "chimes"


def _cue(name: str, title: str, shape: tuple[float, int, float], *form: Sec) -> Song:
    """A cue for the common band; shape is bpm, key and how long the end rings."""
    bpm, key, ring_s = shape
    return Song(
        name=name,
        title=title,
        bpm=bpm,
        metre=4,
        key=key,
        parts=BAND,
        form=form,
        ring_s=ring_s,
        fade_s=0.9 if name.startswith("chime") else 2.0,
        folder=CHIMES if name.startswith("chime") else PRELUDES,
        format="flac",
        mono=True,
        wobble=0.0,
    )


BAND = {
    "piano": Part(0, 0.0, -6, 45, 0.98),
    "flute": Part(73, -1.0, 8, 55, 0.95, swells=True),
    "guitar": Part(24, -3.0, -14, 40, 1.0),
    "keys": Part(5, -3.0, 10, 48, 1.0),
    "vibes": Part(11, 0.0, 8, 50, 1.0),
    "celesta": Part(8, -5.0, -8, 50, 1.0),
    "bells": Part(14, -7.0, 0, 55, 1.0),
    "harp": Part(46, -5.0, -18, 50, 1.0),
    "cello": Part(42, -4.0, 12, 58, 0.98, swells=True),
    "strings": Part(49, -5.0, 0, 60, 1.0, swells=True),
    "bass": Part(32, -6.0, 0, 15, 0.95),
}

CHIME_UP = _cue(
    "chime_up",
    "Attention",
    (146, 5, 0.3),
    Sec(
        "C6 | C6",
        {
            "vibes": Line("G2 c2 e2 g2- | g4 z4"),
            "celesta": Line("G2 c2 e2 g2- | g4 z4"),
            "bells": Line("G2 c2 e2 g2- | g4 z4"),
        },
    ),
)
CHIME_DOWN = _cue(
    "chime_down",
    "Thank You",
    (138, 5, 0.3),
    Sec(
        "C6 | C6",
        {
            "vibes": Line("g2 e2 d2 c2- | c4 z4"),
            "celesta": Line("g2 e2 d2 c2- | c4 z4"),
            "bells": Line("g2 e2 d2 c2- | c4 z4"),
        },
    ),
)

PRELUDE_MORNING = _cue(
    "prelude_morning",
    "Morning Prelude",
    (138, 7, 1.3),
    Sec(
        "Cadd9 | Fmaj7 G13",
        {"piano": Line("G c d e g4 | a g e c d4"), "flute": Line("z8 | z4 z2 B2")},
        {"strings": pad(55, 69), "harp": broken("b2343432", 52, 70, 4, 2.0)},
        dyn=0.95,
    ),
    Sec(
        "Cadd9",
        {"flute": Line("c8"), "piano": Line("z G c e g4")},
        {"strings": pad(55, 69), "bass": bass("R-------", 29)},
        dyn=0.8,
        tempo=(0.96, 1.3),
    ),
)
PRELUDE_DAY = _cue(
    "prelude_day",
    "Day Prelude",
    (132, 2, 1.4),
    Sec(
        "Fmaj9 | G13",
        {"vibes": Line("z c e g a2 g e | z d e f e2 B2")},
        {"guitar": broken("b3243423", 50, 67, 4, 2.0), "bass": bass("R--5R--a", 30)},
        dyn=0.95,
    ),
    Sec(
        "Cmaj9",
        {"vibes": Line("d8")},
        {"guitar": hold(50, 67, 4, 0.09), "bass": bass("R-------", 30)},
        dyn=0.85,
        tempo=(1.0, 1.5),
    ),
)
PRELUDE_EVENING = _cue(
    "prelude_evening",
    "Evening Prelude",
    (112, 3, 1.4),
    Sec(
        "Dm9 G13",
        {"cello": Line("A2 c2 B2 d2")},
        {"keys": broken("b2343432", 52, 70, 4, 3.0), "strings": pad(55, 68)},
        dyn=0.9,
    ),
    Sec(
        "Cmaj9",
        {"cello": Line("e8")},
        {"keys": broken("b2345...", 52, 70, 4, 5.0), "strings": pad(55, 68)},
        dyn=0.82,
        tempo=(0.96, 1.15),
    ),
)
POSTLUDE_MORNING = _cue(
    "postlude_morning",
    "Morning Postlude",
    (128, 7, 1.3),
    Sec(
        "Fmaj7 G13",
        {"piano": Line("a g e c d2 B2")},
        {"strings": pad(55, 69), "harp": broken("b234b234", 52, 70, 4, 2.0)},
        dyn=0.92,
        tempo=(1.0, 0.92),
    ),
    Sec(
        "Cadd9",
        {"piano": Line("c4 z4"), "flute": Line("z2 g6")},
        {"strings": pad(55, 69), "harp": broken("b2345...", 52, 70, 3, 5.0)},
        dyn=0.86,
        tempo=(1.0, 1.5),
    ),
)
POSTLUDE_DAY = _cue(
    "postlude_day",
    "Day Postlude",
    (124, 2, 1.5),
    Sec(
        "Dm9 G13",
        {"vibes": Line("z f e d e2 B2")},
        {"guitar": broken("b324b324", 50, 67, 4, 2.0), "bass": bass("R---R---", 30)},
        dyn=0.95,
    ),
    Sec(
        "C69",
        {"vibes": Line("c2 e2 g4")},
        {"guitar": hold(50, 67, 4, 0.09), "bass": bass("R-------", 30)},
        dyn=0.86,
        tempo=(0.95, 1.4),
    ),
)
POSTLUDE_EVENING = _cue(
    "postlude_evening",
    "Evening Postlude",
    (122, 3, 1.3),
    Sec(
        "Fm6 G7",
        {"cello": Line("c2 _A2 B2 d2")},
        {"keys": broken("b234b234", 52, 70, 4, 3.0), "strings": pad(55, 68)},
        dyn=0.9,
    ),
    Sec(
        "Cadd9",
        {"cello": Line("c8")},
        {"keys": broken("b2345...", 52, 70, 3, 5.0), "strings": pad(55, 68)},
        dyn=0.82,
        tempo=(0.96, 1.6),
    ),
)
CUES = (
    CHIME_UP,
    CHIME_DOWN,
    PRELUDE_MORNING,
    PRELUDE_DAY,
    PRELUDE_EVENING,
    POSTLUDE_MORNING,
    POSTLUDE_DAY,
    POSTLUDE_EVENING,
)
