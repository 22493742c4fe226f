"""Mallets and bells: marimba in five, snow on celesta and harp, a music box."""

from comp import broken, fills, guide, hold, pad
from rhythm import BONGO_HI, BONGO_LO, SHAKER, bass, drums
from song import DRUMS, Line, Part, Sec, Song
from vary import bars, below, embellish, octave

_B_A = "Am9 | Dm7 | Am9 | Em7 | Fmaj7 | G6 | Am9 | Am9"
_B_B = "Cmaj9 | Fmaj7 | Cmaj9 | Fmaj7 | Dm9 | G13 | Em7 | E7b9"
_B_TUNE = "e3 d c2 A2 c2 | d3 e f2 A4 | e3 d c2 e2 g2 | b3 a g2 e4 |a3 g e2 c2 e2 | d3 e g2 d4 | c3 B A2 E2 G2 | A6 z4"
_B_BRIDGE = "g4 e2 g2 e2 | a6 g2 e2 | g4 e2 d2 e2 | c6 A2 c2 |f4 e2 d2 c2 | e6 d2 B2 | d4 e2 g2 b2 | ^g6 z4"
_FIVE = broken("1343214.3. 1343214.34", 50, 69, 4, 1.0)
_FIVE_BASS = bass("R--5--R-5- R--5--8-5-", 30)
_FIVE_KIT = drums({BONGO_LO: "x.....o...", BONGO_HI: "...o..x.oo ...o..x.o.", SHAKER: "xoxoxoxoxo"})

PAPER_BOATS = Song(
    name="paper_boats",
    title="Paper Boats",
    bpm=162,
    metre=5,
    key=0,
    parts={
        "vibes": Part(11, 0.0, 8, 50, 0.95, 2),
        "flute": Part(73, -2.0, -8, 55, 0.95, 4, swells=True),
        "marimba": Part(12, -4.5, -18, 40, 1.0),
        "strings": Part(49, -9.0, 0, 60, 1.0, swells=True),
        "bass": Part(32, -5.0, 0, 15, 0.85),
        "kit": Part(DRUMS, -11.5, 10, 28),
    },
    form=(
        Sec("Am9 | % | Fmaj7 | %", styles={"marimba": _FIVE, "bass": _FIVE_BASS}, dyn=0.86),
        Sec(
            _B_A,
            {"vibes": Line(_B_TUNE)},
            {"marimba": _FIVE, "bass": _FIVE_BASS, "kit": drums({SHAKER: "xoxoxoxoxo"})},
            0.92,
        ),
        Sec(
            _B_A,
            {
                "vibes": Line(_B_TUNE, (embellish(0.4),)),
                "flute": Line(_B_TUNE, (bars(5, 8), below(3, 9, 0.9))),
            },
            {"marimba": _FIVE, "bass": _FIVE_BASS, "kit": _FIVE_KIT},
            0.96,
        ),
        Sec(
            _B_B,
            {"flute": Line(_B_BRIDGE)},
            {
                "marimba": _FIVE,
                "bass": _FIVE_BASS,
                "kit": _FIVE_KIT,
                "strings": pad(55, 70),
                "vibes": fills(64, 79, 0.5, 2.0),
            },
            1.0,
        ),
        Sec(
            _B_A,
            {
                "flute": Line(_B_TUNE, (embellish(0.3),)),
                "vibes": Line(_B_TUNE, (below(3, 9, 0.9),)),
            },
            {"marimba": _FIVE, "bass": _FIVE_BASS, "kit": _FIVE_KIT, "strings": guide(55, 67)},
            0.98,
        ),
        Sec(
            "Fmaj7 | G6 | Am9",
            {"vibes": Line("a3 g e2 c2 e2 | d3 e g2 d4 | b4 z6")},
            {
                "marimba": broken("1343214.3. 1343214.34 123456....", 50, 69, 4, 2.0),
                "bass": bass("R--5--R-5- R--5--R-5- R---------", 30),
                "flute": guide(64, 76),
                "kit": drums({SHAKER: "xoxoxoxoxo xoxoxoxoxo x........."}),
            },
            0.88,
            (1.0, 0.74),
        ),
    ),
)

_F_A = "Cmaj9 | Am7 | Fmaj7 | G6 | Em7 | Am7 | Dm7 | G7sus"
_F_A2 = "Cmaj9 | Am7 | Fmaj7 | G6 | Em7 | Am7 | G13 | C"
_F_B = "Fmaj7 | Fm6 | C/E | Am7 | Dm7 | G13"
_F_TUNE = "e3 g2 e | c3 A2 c | A3 c2 e | d6 | b3 g2 b | e3 c2 e | f2 e d2 c | d6"
_F_TUNE2 = "e3 g2 e | c3 A2 c | A3 c2 e | d6 | b3 g2 b | e3 c2 e | d2 e d2 B | c6"
_HARP = broken("b23432 b34543", 52, 70, 4, 3.0)

FIRST_SNOW = Song(
    name="first_snow",
    title="First Snow",
    bpm=107,
    metre=3,
    key=-4,
    format="wav",
    mono=True,
    wobble=0.02,
    parts={
        "celesta": Part(8, 0.0, 6, 55, 1.0, 4),
        "harp": Part(46, -5.0, -16, 50, 1.0),
        "strings": Part(49, -7.0, 0, 62, 1.0, swells=True),
        "cello": Part(42, -4.0, 12, 58, 0.99, swells=True),
    },
    form=(
        Sec("Cmaj9 | Fmaj7", styles={"harp": _HARP}, dyn=0.84, tempo=(0.92, 1.0)),
        Sec(_F_A, {"celesta": Line(_F_TUNE)}, {"harp": _HARP}, 0.9),
        Sec(
            _F_B,
            {"cello": Line("a3 g2 e | _a3 f2 d | g3 e2 c | e3 c2 A | f3 d2 A | B3 d3", (octave(-1),))},
            {"harp": _HARP, "strings": pad(55, 70), "celesta": fills(76, 88, 0.5, 1.0)},
            0.98,
        ),
        Sec(
            _F_A2,
            {"celesta": Line(_F_TUNE2, (embellish(0.3),))},
            {"harp": _HARP, "strings": pad(55, 70), "cello": guide(48, 60)},
            0.98,
        ),
        Sec(
            "Fmaj7 | C",
            {"celesta": Line("a3 g2 e | c6")},
            {"harp": broken("b23432 b12345", 52, 70, 4, 4.0), "strings": pad(55, 70)},
            0.84,
            (0.96, 0.64),
        ),
    ),
)

_X_A = "C | G/B | Am7 | Em | F | C/E | Dm7 | G7"
_X_TUNE = (
    "g2 e g c'2 g2 | b2 g d B2 d2 | c'2 a e c2 e2 | b4 g4 |a2 f a c'2 a2 | g2 e g c'2 g2 | f e d f a g f d | g4 z2 d2"
)
_X_END = "g2 e g c'2 g2 | b2 g d B2 d2 | f e d f g f d B | c'4 e4"
_BOX_LOW = broken("13231323 1.3.2.3.", 60, 76, 3, 2.0)
_BOX_ROOTS = bass("R---5---", 41)

MUSIC_BOX_GARDEN = Song(
    name="music_box_garden",
    title="Music Box Garden",
    bpm=108,
    metre=4,
    key=-1,
    mono=True,
    wobble=0.016,
    parts={
        "box": Part(10, 0.0, 0, 45, 1.0),
        "celesta": Part(8, -6.0, 0, 50, 1.0),
        "harp": Part(46, -2.5, 0, 48, 1.0),
        "low": Part(46, -6.0, 0, 45, 1.0),
    },
    form=(
        Sec("C | G7", styles={"celesta": _BOX_LOW, "low": bass("R-------", 41)}, dyn=0.84, tempo=(0.9, 1.0)),
        Sec(_X_A, {"box": Line(_X_TUNE)}, {"celesta": _BOX_LOW, "low": _BOX_ROOTS}, 0.9),
        Sec(
            "Fmaj7 | Fm6 | C/E | G7",
            {"harp": Line("a2 g a c'2 a2 | _a2 f c d2 f2 | g2 e c e2 g2 | f2 d2 B2 d2")},
            {"celesta": broken("14342434", 60, 76, 4, 1.6), "low": _BOX_ROOTS},
            0.96,
        ),
        Sec(
            "C | G/B | Dm7 G7 | C",
            {"box": Line(_X_END, (embellish(0.2),)), "harp": Line(_X_END, (below(8, 16, 0.9),))},
            {"celesta": _BOX_LOW, "low": bass("R---R---", 41)},
            0.94,
            (1.0, 0.86),
        ),
        Sec(
            "F Fm6 | C",
            {"box": Line("a2 c'2 _a2 f2 | g2 e2 c4")},
            {"celesta": hold(60, 76, 3, 0.1), "low": bass("R---R--- R-------", 41)},
            0.82,
            (0.86, 0.62),
        ),
    ),
)
