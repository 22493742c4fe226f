"""Acoustic pieces: folk guitars, a string waltz, a sunny shuffle and one guitar alone."""

from comp import broken, chords, fills, guide, pad
from rhythm import (
    KICK,
    RIM,
    SHAKER,
    TAMB,
    TRIANGLE,
    bass,
    drums,
)
from song import DRUMS, Line, Part, Sec, Song
from vary import bars, below, early, embellish, octave, softer

_F_A = "C | G/B | Am7 | Fmaj7 | C/E | F | Dm7 | G"
_F_A2 = "C | G/B | Am7 | Fmaj7 | C/E | F | Dm7 G | C"
_F_B = "F | C/E | F | C/E | Dm7 | Am7 | D7 | Gsus4 G"
_F_TUNE = "z G c d e2 d c | d3 B G4 | z A c d e2 g2 | e3 d c4 |z G c d e2 g2 | a3 g f2 e2 | d2 f2 e d c2 | d6 z2"
_F_TUNE2 = "z G c d e2 d c | d3 B G4 | z A c d e2 g2 | e3 d c4 |z G c d e2 g2 | a3 g f2 e2 | d2 f2 e2 d2 | c6 z2"
_F_BRIDGE = "a2 c'2 a g3 | g e3 z4 | a2 c'2 a g3 | e6 z2 |z f e d f2 e d | c2 e2 A4 | z ^f e d ^f2 a2 | g6 z2"
_PICK = broken("b2p3b4p2 b3p2b4p3", 50, 67, 4, 1.6)
_STRUM = chords("X---o-x-o-x-x-o- X---o-x-o-xox-x-", 50, 66, 4, 0.03)

LAKE_BICYCLE = Song(
    name="lake_bicycle",
    title="By Bicycle to the Lake",
    bpm=117,
    metre=4,
    key=-3,
    parts={
        "nylon": Part(24, 0.0, 10, 38, 0.95, 4),
        "accordion": Part(21, -5.0, 22, 45, 0.95, 6, swells=True),
        "steel": Part(25, -5.0, -22, 30, 1.0),
        "strum": Part(25, -8.0, 26, 28, 0.9),
        "bass": Part(32, -5.5, 0, 14, 0.9),
        "kit": Part(DRUMS, -12.0, 6, 22),
    },
    form=(
        Sec(
            "C | G/B | Am7 | F",
            styles={"steel": _PICK, "kit": drums({SHAKER: ",x,x,x,x"})},
            dyn=0.86,
        ),
        Sec(_F_A, {"nylon": Line(_F_TUNE)}, {"steel": _PICK, "bass": bass("R---5---", 29)}, 0.9),
        Sec(
            _F_A2,
            {"nylon": Line(_F_TUNE2, (embellish(0.4),))},
            {
                "steel": _PICK,
                "bass": bass("R--R5--a", 29),
                "accordion": fills(62, 76),
                "kit": drums({SHAKER: "oxoxoxox", KICK: "x...o..."}),
            },
            0.94,
        ),
        Sec(
            _F_B,
            {
                "accordion": Line(_F_BRIDGE, (octave(-1),)),
                "nylon": Line(_F_BRIDGE, (bars(3, 8), below(3, 9, 0.9))),
            },
            {
                "steel": _PICK,
                "strum": _STRUM,
                "bass": bass("R--R5--a", 29),
                "kit": drums({SHAKER: "oxoxoxox", KICK: "x..xo...", RIM: "..o...o."}),
            },
            0.98,
        ),
        Sec(
            _F_A2,
            {
                "nylon": Line(_F_TUNE2, (early(0.5),)),
                "accordion": Line(_F_TUNE2, (below(3, 9, 0.9), softer(0.9))),
            },
            {
                "steel": _PICK,
                "strum": _STRUM,
                "bass": bass("R--R5--a", 29),
                "kit": drums({SHAKER: "oxoxoxox", KICK: "x..xo...", RIM: "..o...o."}),
            },
            1.0,
        ),
        Sec(
            "F G | C",
            {"nylon": Line("z A c e d2 B2 | c8")},
            {
                "steel": broken("b2p3b4p2 b12345..", 50, 67, 4, 3.0),
                "bass": bass("R---R--- R-------", 29),
                "accordion": pad(57, 70),
            },
            0.86,
            (0.98, 0.74),
        ),
    ),
)

_W_A = "Cmaj7 | Am7 | Dm7 | G7 | Em7 | A7b9 | Dm7 | G7"
_W_A2 = "Cmaj7 | Am7 | Dm7 | G7 | Fmaj7 | C/E | G7 | C6"
_W_B = "Am | E7/G# | C/G | D7/F# | Fmaj7 | C/E | Dm7 | G7"
_W_TUNE = "G2 e3 d | c4 A2 | A2 f3 e | d4 B2 | B2 g3 ^f | e4 ^c2 | d2 f2 a2 | g6"
_W_TUNE2 = "G2 e3 d | c4 A2 | A2 f3 e | d4 B2 | a3 g f2 | e4 c2 | d3 e B2 | c6"
_W_BRIDGE = "e3 d c2 | B4 E2 | G2 c2 e2 | ^f4 d2 | a3 g f2 | g4 e2 | f2 e2 d2 | B6"
_OOMPAH = chords("..x.x.", 53, 68, 3, 0.0)
_W_BASS = bass("R--... 5--...", 31)

SILVER_WALTZ = Song(
    name="silver_waltz",
    title="Silver Waltz",
    bpm=144,
    metre=3,
    key=3,
    wobble=0.02,
    parts={
        "violins": Part(48, 0.0, -8, 60, 0.98, 10, swells=True),
        "cello": Part(42, -3.0, 16, 55, 0.98, 6, swells=True),
        "clarinet": Part(71, -3.0, 10, 50, 0.95, swells=True),
        "pizz": Part(45, -6.0, 10, 45, 0.6),
        "harp": Part(46, -6.0, -24, 50, 1.0),
        "basses": Part(43, -6.0, 18, 40, 0.7),
        "bells": Part(DRUMS, -16.0, -10, 50),
    },
    form=(
        Sec(
            "Cmaj7 | Am7 | Dm7 | G7",
            styles={"harp": broken("b23432 b34543", 55, 74, 4, 2.0), "basses": _W_BASS},
            dyn=0.84,
            tempo=(0.9, 1.0),
        ),
        Sec(_W_A, {"violins": Line(_W_TUNE)}, {"pizz": _OOMPAH, "basses": _W_BASS}, 0.9),
        Sec(
            _W_A2,
            {"violins": Line(_W_TUNE2, (embellish(0.3),))},
            {"pizz": _OOMPAH, "basses": _W_BASS, "cello": guide(48, 62)},
            0.94,
        ),
        Sec(
            _W_B,
            {
                "clarinet": Line(_W_BRIDGE),
                "cello": Line(_W_BRIDGE, (bars(5, 8), below(8, 16, 0.9))),
            },
            {"harp": broken("b23432 b34543", 55, 74, 4, 2.0), "basses": _W_BASS, "pizz": _OOMPAH},
            0.94,
        ),
        Sec(
            _W_A,
            {
                "violins": Line(_W_TUNE, (embellish(0.35),)),
                "clarinet": Line(_W_TUNE, (below(3, 9, 0.9),)),
            },
            {
                "pizz": _OOMPAH,
                "basses": _W_BASS,
                "cello": guide(48, 62),
                "bells": drums({TRIANGLE: "o..... ......"}),
            },
            1.0,
        ),
        Sec(
            _W_A2,
            {"violins": Line(_W_TUNE2), "cello": Line(_W_TUNE2, (octave(-1), softer(0.9)))},
            {"pizz": _OOMPAH, "basses": _W_BASS, "harp": broken("b23432 b34543", 55, 74, 4, 2.0)},
            1.0,
            (1.0, 0.92),
        ),
        Sec(
            "Dm7 | G7 | Cmaj7 | C6",
            {"violins": Line("f3 e d2 | e2 d2 B2 | G6 | e6")},
            {
                "harp": broken("b23432 b34543 b12345 6.....", 55, 74, 4, 4.0),
                "basses": bass("R-----", 31),
                "cello": guide(48, 62),
            },
            0.86,
            (0.92, 0.62),
        ),
    ),
)

_S_A = "C | Em7 | F | G | C | Am7 | Dm7 | G"
_S_A2 = "C | Em7 | F | G | C | Am7 | Dm7 G | C"
_S_B = "F | G | Em7 | Am7 | F | G | C | G7"
_S_TUNE = "e2 c2 G c e2 | d B2 G5 | A2 c f e c2 c | d6 z2 |e2 c2 G c e2 | a g2 e5 | f2 e2 d2 c2 | B2 d2 G4"
_S_TUNE2 = "e2 c2 G c e2 | d B2 G5 | A2 c f e c2 c | d6 z2 |e2 c2 G c e2 | a g2 e5 | f2 d2 e2 B2 | c6 z2"
_S_BRIDGE = "a2 c'2 a2 f2 | g2 b2 g2 d2 | e2 g2 e2 B2 | c6 z2 |a2 c'2 a2 f2 | g2 a2 b2 g2 | c'6 z2 | z G A B c d e f"
_UKE = chords("x-XoX-xo x-XoXoxo", 62, 76, 4, 0.02)
_SUN = drums({KICK: "x...x...", RIM: "..o...o.", TAMB: "..o...o.", SHAKER: "xoxoxoxo"})

SUNNY_AISLE = Song(
    name="sunny_aisle",
    title="Sunny Aisle",
    bpm=127,
    metre=4,
    key=0,
    swing=0.6,
    parts={
        "whistle": Part(74, 0.0, 6, 45, 0.9, 4),
        "piano": Part(0, -2.0, -10, 35, 0.9, 2),
        "bells": Part(9, -8.0, 20, 50, 1.0),
        "uke": Part(24, -5.5, -20, 28, 0.6),
        "bass": Part(32, -5.0, 0, 14, 0.8),
        "kit": Part(DRUMS, -11.0, 4, 22),
    },
    form=(
        Sec("C | G", styles={"uke": _UKE, "kit": drums({SHAKER: "xoxoxoxo"})}, dyn=0.88),
        Sec(
            _S_A,
            {"whistle": Line(_S_TUNE)},
            {"uke": _UKE, "bass": bass("R-5-R-5- R-5-R-a-", 29), "kit": _SUN},
            0.92,
        ),
        Sec(
            _S_B,
            {
                "piano": Line(_S_BRIDGE, (below(3, 9, 0.9),)),
                "bells": Line(_S_BRIDGE, (bars(1, 6), softer(0.8))),
            },
            {"uke": _UKE, "bass": bass("R-5-R-a-", 29), "kit": _SUN},
            0.96,
        ),
        Sec(
            _S_A2,
            {
                "whistle": Line(_S_TUNE2, (early(0.5),)),
                "piano": Line(_S_TUNE2, (below(3, 9, 0.9), softer(0.9))),
            },
            {
                "uke": _UKE,
                "bass": bass("R-5-R-5- R-5-R-a-", 29),
                "kit": _SUN,
                "bells": fills(72, 86, 0.5, 2.0),
            },
            1.0,
        ),
        Sec(
            "Dm7 G | C",
            {"whistle": Line("f2 d2 B2 d2 | c4 z4"), "bells": Line("z8 | z2 e2 g4")},
            {
                "uke": chords("x-XoX-xo X-------", 62, 76, 4, 0.04),
                "bass": bass("R-5-R-5- R-------", 29),
                "kit": drums({SHAKER: "xoxoxoxo x......."}),
            },
            0.92,
            (1.0, 0.8),
        ),
    ),
)

_G_A = "Am | Am/G | Fmaj7 | E7 | Am | Dm7 | G7 | C"
_G_B = "F | C/E | Dm7 | Am | Bm7b5 | E7 | Am E7 | Am"
_G_TUNE = "e4 c2 | e4 d c | c4 A2 | B4 ^G2 | A2 c2 e2 | f4 e d | d4 B2 | c6"
_G_BRIDGE = "a4 g f | g4 e2 | f4 e d | e4 c2 | d2 f2 a2 | ^g4 e2 | c3 B2 ^G | A6"
_G_PICK = broken("b.23.2 b.3.2.", 45, 60, 3, 2.0)

LETTER_HOME = Song(
    name="letter_home",
    title="A Letter Home",
    bpm=106,
    metre=3,
    key=-2,
    wobble=0.03,
    parts={
        "melody": Part(24, 0.0, 5, 45, 1.0, 8),
        "picking": Part(24, -6.0, -5, 45, 1.0),
    },
    form=(
        Sec("Am | Fmaj7", styles={"picking": _G_PICK}, dyn=0.84, tempo=(0.92, 1.0)),
        Sec(_G_A, {"melody": Line(_G_TUNE)}, {"picking": _G_PICK}, 0.92),
        Sec(_G_B, {"melody": Line(_G_BRIDGE, (below(3, 9, 1.4),))}, {"picking": _G_PICK}, 1.0),
        Sec(
            "Am | Am/G | Fmaj7 | E7",
            {"melody": Line("e4 c2 | e4 d c | c4 A2 | B4 ^G2", (embellish(0.5), below(3, 9, 1.4)))},
            {"picking": _G_PICK},
            0.92,
        ),
        Sec(
            "F | E7 | Am | Am",
            {"melody": Line("c4 A2 | B4 ^G2 | A2 c2 e2 | a6")},
            {"picking": broken("b.23.2 b.32.3 b.2345 b123..", 45, 60, 3, 4.0)},
            0.86,
            (0.96, 0.6),
        ),
    ),
)
