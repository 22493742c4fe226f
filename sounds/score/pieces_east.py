"""Pentatonic pieces with zither and bamboo flute, one of them for the Spring Festival."""

from comp import broken, chords, fills, guide, hold, pad
from rhythm import (
    CLOSED_TRIANGLE,
    KICK,
    LOW_TOM,
    MID_TOM,
    RIM,
    SHAKER,
    TAMB,
    WOOD_HI,
    WOOD_LO,
    bass,
    drums,
)
from song import DRUMS, Line, Part, Sec, Song
from theory import PENTATONIC
from vary import bars, below, embellish, octave, softer

_P_A = "C | Am7 | Fmaj7 | G | C/E | Am7 | Dm7 G7sus | C"
_P_B = "Am7 | Em7 | Fmaj7 | C/E | Dm7 | Em7 Am7 | Dm7 | G7sus"
_P_TUNE = "G2 A c d2 c A | G4 E2 D E | A3 c d2 c A | G6 z2 |e2 d c d2 e g | a3 g e4 | d2 e d c2 A2 | c6 z2"
_P_TUNE2 = "G2 A c d2 e d | c A G2 E2 G2 | A3 c d2 e g | d6 z2 |e2 d c d2 e g | a3 g e2 c2 | d2 e g e d c A | c6 z2"
_P_BRIDGE = "e g a2- a2 g2 | e4 z d e g | a2 g e d2 c d | e6 z2 |d2 e d c2 A c | d2 e2 g2 e2 | d3 e d c A c | d6 z2"
_ZITHER = broken("b.234.3. b.4.324.", 55, 74, 4, 2.0)
_STRUM = chords("X---o-x- X--xo-x-", 50, 66, 4, 0.03)
_POP_BASS = bass("R-----R-5---R--- R-----R-3---a---", 29)
_SOFT_POP = drums({KICK: "x.....o.x.......", RIM: "....o.......o...", SHAKER: "o,x,o,x,o,x,o,x,"})

PLUM_LANE = Song(
    name="plum_lane",
    title="Plum Blossom Lane",
    bpm=98,
    metre=4,
    key=2,
    scale=PENTATONIC,
    parts={
        "dizi": Part(73, 0.0, 10, 58, 0.94, 4, swells=True, slides=True),
        "zither": Part(107, -3.5, -14, 48, 1.0, 0, slides=True),
        "guitar": Part(25, -7.5, 22, 30, 0.9),
        "strings": Part(49, -8.0, 0, 60, 1.0, swells=True),
        "bass": Part(33, -5.5, 0, 14, 0.9),
        "kit": Part(DRUMS, -11.5, 4, 25),
    },
    form=(
        Sec(
            "C | G/B",
            {"zither": Line("g e d c A c d e | g a c' a g e d2")},
            {"strings": pad(55, 70)},
            0.84,
            (0.94, 1.0),
        ),
        Sec(
            _P_A,
            {"dizi": Line(_P_TUNE)},
            {"zither": _ZITHER, "bass": bass("R-------5-------", 29), "guitar": _STRUM},
            0.9,
        ),
        Sec(
            _P_A,
            {"zither": Line(_P_TUNE2, (octave(0), embellish(0.4)))},
            {
                "guitar": _STRUM,
                "bass": _POP_BASS,
                "kit": _SOFT_POP,
                "dizi": fills(67, 81),
                "strings": pad(55, 69),
            },
            0.94,
        ),
        Sec(
            _P_B,
            {
                "dizi": Line(_P_BRIDGE),
                "strings": Line(_P_BRIDGE, (bars(5, 8), below(3, 9, 0.9), softer(0.9))),
            },
            {"zither": _ZITHER, "guitar": _STRUM, "bass": _POP_BASS, "kit": _SOFT_POP},
            1.0,
        ),
        Sec(
            _P_A,
            {
                "dizi": Line(_P_TUNE2, (embellish(0.3),)),
                "zither": Line(_P_TUNE2, (below(3, 9, 0.9),)),
            },
            {"guitar": _STRUM, "bass": _POP_BASS, "kit": _SOFT_POP, "strings": guide(55, 67)},
            0.98,
        ),
        Sec(
            "Fmaj7 G | C",
            {"dizi": Line("a2 g e d2 e d | c8")},
            {
                "zither": broken("b1234567........ b12345678.......", 50, 66, 4, 6.0),
                "strings": pad(55, 69),
                "bass": bass("R---5--- R-------", 29),
            },
            0.86,
            (0.98, 0.72),
        ),
    ),
)

_L_A = "C | F C | Am7 | G | C | F C | Dm7 G7sus | C"
_L_B = "Am7 | Em7 | Fmaj7 | C | Dm7 | Am7 | Dm7 | G7sus"
_L_TUNE = (
    "g2 e/g/a g2 e2 | c' a2 g e2 d2 | e2 d/e/g a2 g e | d6 z2 |g2 e/g/a g2 e2 | c' a2 g e2 c2 | d2 e/d/c A2 d2 | c6 z2"
)
_L_TUNE2 = (
    "g e/g/ a/g/e g2 e2 | c' a/c'/ a g e2 d2 | e2 d/e/g a2 g/a/g/e/ | d4 z d e g |"
    "g e/g/ a/g/e g2 e2 | c' a2 g e2 c2 | d2 e/d/c A d e d | c4 g c' z2"
)
_L_BRIDGE = "a3 g a2 c'2 | a g e2 g4 | a3 g e2 c2 | g6 z2 |d2 d/e/g a2 g2 | e g2 e c2 A2 | d2 e2 g2 a2 | g2 z2 d2 e2"
_FEST = {
    LOW_TOM: "x...x..oo.x.x...",
    WOOD_HI: "..o...o...o.o.o.",
    TAMB: "....x.......x...",
    CLOSED_TRIANGLE: "o...o...o...o...",
}
_FEST_FILL = {LOW_TOM: "x...x...x.o.x.x.", MID_TOM: ".....o.o.x.x....", TAMB: "....x.......xoxo"}
_PIZZ = chords("X.x.X.x. X.x.Xxx.", 55, 70, 3, 0.0)
_L_BASS = bass("R.5.R.5. R.5.R.a.", 31)

LANTERN_FAIR = Song(
    name="lantern_fair",
    title="Lantern Fair",
    bpm=128,
    metre=4,
    key=-2,
    scale=PENTATONIC,
    parts={
        "dizi": Part(73, 0.0, 8, 45, 0.88, 0, slides=True),
        "oboe": Part(68, -2.5, -12, 45, 0.9, swells=True),
        "zither": Part(107, -3.0, 20, 40, 1.0),
        "yangqin": Part(15, -6.0, -24, 40, 0.9),
        "pizz": Part(45, -6.0, 0, 45, 0.6),
        "strings": Part(48, -8.0, 0, 55, 0.98, swells=True),
        "bass": Part(32, -6.0, 0, 15, 0.6),
        "kit": Part(DRUMS, -9.0, 0, 35),
    },
    form=(
        Sec(
            "C | C",
            {"zither": Line("c d e g a c' a g | e g e d c2 z2")},
            {"kit": drums(_FEST), "pizz": _PIZZ},
            0.88,
        ),
        Sec(
            _L_A,
            {"dizi": Line(_L_TUNE)},
            {"pizz": _PIZZ, "bass": _L_BASS, "kit": drums(_FEST, _FEST_FILL)},
            0.92,
        ),
        Sec(
            _L_A,
            {
                "oboe": Line(_L_TUNE2),
                "dizi": Line(_L_TUNE2, (bars(5, 8), below(3, 9, 0.4), softer(0.85))),
            },
            {
                "pizz": _PIZZ,
                "bass": _L_BASS,
                "kit": drums(_FEST, _FEST_FILL),
                "yangqin": broken("12341234 43214321", 60, 78, 4, 1.2),
            },
            0.96,
        ),
        Sec(
            _L_B,
            {"zither": Line(_L_BRIDGE), "strings": Line(_L_BRIDGE, (octave(-1), softer(0.8)))},
            {
                "bass": _L_BASS,
                "pizz": _PIZZ,
                "dizi": fills(69, 83, 0.5, 1.5),
                "kit": drums({TAMB: "....x.......x...", WOOD_LO: "o..o..o.o..o..o."}, _FEST_FILL),
            },
            0.94,
        ),
        Sec(
            _L_A,
            {
                "dizi": Line(_L_TUNE2),
                "oboe": Line(_L_TUNE2, (below(3, 9, 0.4), softer(0.8))),
                "strings": Line(_L_TUNE, (octave(-1), softer(0.8))),
            },
            {
                "pizz": _PIZZ,
                "bass": _L_BASS,
                "kit": drums(_FEST, _FEST_FILL),
                "yangqin": broken("12341234 43214321", 60, 78, 4, 1.2),
            },
            1.0,
        ),
        Sec(
            "F G7sus | C",
            {"dizi": Line("a2 c' a g2 d e | c2 g2 c'4"), "oboe": Line("f2 a f d2 G2 | c2 e2 g4")},
            {
                "pizz": chords("X.x.X.x. X.X.X...", 55, 70, 3),
                "bass": bass("R.R.R.R. R.5.R...", 31),
                "strings": pad(55, 72),
                "kit": drums({LOW_TOM: "x.x.x.x. x.x.X...", TAMB: "..x...x. ....X..."}),
            },
            0.96,
            (1.0, 0.82),
        ),
    ),
)

_M_A = "Am7 | Fmaj7 | C | Em7 | Dm7 | Am7 | Fmaj7 G | Am7"
_M_BACK = "Am7 | Fmaj7 | C | Em7"
_M_TUNE_BACK = "A3 c d2 e2 | g3 e d c A2 | c3 d e2 g2 | a3 g e2 B2"
_M_B = "Fmaj7 | G | Em7 | Am7 | Dm7 | C/E | Fmaj7 | Em7"
_M_TUNE = "A3 c d2 e2 | g3 e d c A2 | c3 d e2 g2 | d6 z2 |a3 g e2 d2 | e3 d c A G2 | A3 c d2 G2 | A6 z2"
_M_BRIDGE = "c'3 a g2 a2 | g3 a g e d2 | g3 e d e g2 | a6 z2 |a3 g f e d2 | e3 g c'2 g2 | a3 g e d c2 | d4 e4"
_M_ZITHER = broken("b.2.3.4.5.4.3.2. b.3.4.5.6.5.4.3.", 52, 70, 4, 3.0)
_M_PIANO = broken("b...3...p...4... b...4...p...3...", 52, 70, 3, 3.0)

MOON_OVER_CANAL = Song(
    name="moon_over_canal",
    title="Moon over the Canal",
    bpm=79,
    metre=4,
    key=-5,
    scale=PENTATONIC,
    wobble=0.014,
    parts={
        "violin": Part(40, 0.0, 8, 62, 0.99, 12, swells=True, slides=True),
        "cello": Part(42, -4.0, -14, 58, 0.99, 8, swells=True, slides=True),
        "zither": Part(107, -4.0, -20, 55, 1.0),
        "piano": Part(0, -5.5, 14, 42, 0.95, pedal=True),
        "strings": Part(49, -8.5, 0, 65, 1.0, swells=True),
    },
    form=(
        Sec(
            "Am7 | Em7",
            {"zither": Line("A/c/d/e/ g2 a2 g e | d/e/d/c/ A2 G4")},
            {"strings": pad(52, 67)},
            0.82,
            (0.9, 1.0),
        ),
        Sec(_M_A, {"violin": Line(_M_TUNE)}, {"zither": _M_ZITHER, "strings": pad(50, 66)}, 0.9),
        Sec(
            _M_B,
            {"violin": Line(_M_BRIDGE)},
            {
                "piano": _M_PIANO,
                "zither": fills(64, 79, 0.25, 1.5),
                "strings": pad(52, 67),
                "cello": guide(45, 57),
            },
            1.0,
        ),
        Sec(
            _M_BACK,
            {
                "cello": Line(_M_TUNE_BACK, (octave(-1), bars(1, 2))),
                "violin": Line(_M_TUNE_BACK, (bars(3, 4), embellish(0.4))),
            },
            {"piano": _M_PIANO, "zither": _M_ZITHER, "strings": pad(52, 67)},
            0.92,
        ),
        Sec(
            "Dm7 Em7 | Am7",
            {"violin": Line("d2 e g e2 d2 | A8")},
            {
                "zither": broken("b.2.3.4.5.4.3.2. b12345678.......", 52, 70, 4, 6.0),
                "strings": pad(50, 66),
                "piano": hold(45, 64, 4, 0.08),
            },
            0.82,
            (0.96, 0.66),
        ),
    ),
)
