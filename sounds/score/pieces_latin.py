"""Pieces with a Latin sway: a light bossa nova."""

from comp import broken, chords, fills, hold, pad
from rhythm import KICK, RIDE, RIM, SHAKER, bass, drums, once
from song import DRUMS, Line, Part, Sec, Song
from vary import bars, below, embellish, softer

_A = "Cmaj9 | % | Dm9 | G13 | Em7 | A7b9 | Dm9 | G13"
_A_END = "Cmaj9 | % | Dm9 | G13 | Em7 | A7b9 | Dm9 G13 | C69"
_B = "Fmaj9 | Bb9 | Em7 | Am9 | D9 | % | Dm9 | G13"
_TUNE = "z e2 d e2 B2 | d3 B G4 | z f2 e f2 c2 | e3 d B4 |z g2 ^f g2 d2 | ^c3 e G4 | z A2 B c2 f2 | e4 d2 z2"
_TUNE_END = "z e2 d e2 B2 | d3 B G4 | z f2 e f2 c2 | e3 d B4 |z g2 ^f g2 d2 | ^c3 e G2 A2 | z A2 c d2 B2 | c6 z2"
_BRIDGE = "z a2 g a2 e2 | g3 f d4 | z g2 ^f e2 d2 | c3 B A4 |z A2 c e2 ^f2 | a3 ^f e4 | z f2 e d2 c2 | B4 d2 z2"
_GUITAR = chords("X--x--x- .x--x--x", 50, 67, 4)
_BASS = bass("R--5R--5 R--5R--a", 30)
_KIT = drums(
    {
        KICK: "o..oo..o",
        RIM: "x..x..x. ..x..x..",
        SHAKER: "xoxoxoxo",
    }
)
_LIGHT = drums({SHAKER: "xoxoxoxo", RIM: "..x..x.."})

MORNING_TEA = Song(
    name="morning_tea",
    title="Morning Tea",
    bpm=122,
    metre=4,
    key=-2,
    parts={
        "flute": Part(73, 0.0, 8, 55, 0.95, 6, swells=True),
        "vibes": Part(11, -3.0, 26, 50, 0.9, 4),
        "guitar": Part(24, -5.0, -22, 35, 0.85),
        "strings": Part(49, -9.5, 0, 60, 1.0, swells=True),
        "bass": Part(32, -5.0, 0, 15, 0.9),
        "kit": Part(DRUMS, -11.0, 6, 25),
    },
    form=(
        Sec(
            "Cmaj9 | Dm9 G13 | Cmaj9 | Dm9 G13",
            styles={
                "guitar": _GUITAR,
                "bass": _BASS,
                "kit": _LIGHT,
                "vibes": fills(64, 79, 0.5, 4.0),
            },
            dyn=0.86,
        ),
        Sec(
            _A,
            {"flute": Line(_TUNE)},
            {"guitar": _GUITAR, "bass": _BASS, "kit": _KIT},
            dyn=0.92,
        ),
        Sec(
            _A_END,
            {"flute": Line(_TUNE_END, (embellish(0.35),))},
            {"guitar": _GUITAR, "bass": _BASS, "kit": _KIT, "vibes": fills(64, 79)},
            dyn=0.95,
        ),
        Sec(
            _B,
            {"vibes": Line(_BRIDGE), "flute": Line(_BRIDGE, (bars(5, 8), below(3, 9, 1.0)))},
            {"guitar": _GUITAR, "bass": _BASS, "kit": _KIT, "strings": pad(55, 72)},
            dyn=1.0,
        ),
        Sec(
            _A_END,
            {
                "flute": Line(_TUNE_END, (embellish(0.5),)),
                "vibes": Line(_TUNE_END, (below(3, 9, 0.9), softer(0.85))),
            },
            {"guitar": _GUITAR, "bass": _BASS, "kit": _KIT, "strings": pad(55, 70)},
            dyn=1.0,
        ),
        Sec(
            "Em7 | A7b9 | Dm9 G13 | Cmaj9",
            {"flute": Line("z g2 ^f g2 d2 | ^c3 e G2 A2 | z A2 B d2 e2 | d8")},
            {
                "guitar": _GUITAR,
                "bass": _BASS,
                "kit": _LIGHT,
                "strings": pad(55, 70),
            },
            dyn=0.9,
            tempo=(1.0, 0.86),
        ),
        Sec(
            "Cmaj9",
            styles={
                "guitar": hold(48, 67, 4, 0.09),
                "bass": bass("R-------", 30),
                "vibes": broken("234.5...", 60, 76, 4, 3.0),
                "kit": once(RIDE, 0.0, 44),
            },
            dyn=0.82,
            tempo=(0.86, 0.8),
        ),
    ),
)
