"""The welcome and the going-home music, each 150 s and made to follow itself."""

from comp import broken, chords, fills, guide, pad
from rhythm import HAT, KICK, RIM, SHAKER, SNARE, TAMB, bass, drums
from song import DRUMS, Line, Part, Sec, Song
from vary import bars, below, embellish, octave, rolled, softer

DOOR_S = 150.0

_W_A = "C | G/B | Am7 | Em7 | F | C/E | Dm7 | G7sus G7"
_W_A2 = "C | G/B | Am7 | Em7 | F | C/E | Dm7 G7 | C"
_W_B = "Am | Em | F | C | Dm | Am | D7 | G"
_W_TUNE = "G2 c3 d e2 | d3 c B2 G2 | c2 e3 f g2 | g3 e B4 |a3 g f2 e f | g3 e c4 | d2 f3 e d2 | d6 z2"
_W_TUNE2 = "G2 c3 d e2 | d3 c B2 G2 | c2 e3 f g2 | g3 e B4 |a3 g f2 a2 | g3 e c2 e2 | d2 f2 e2 B2 | c6 z2"
_W_BRIDGE = "a3 b c'2 b a | b3 a g4 | a3 g f2 a2 | g6 z2 |f3 g a2 g f | e3 f e2 c2 | d2 ^f2 a2 c'2 | b4 g2 z2"
_W_LIFT = "c'4 b2 g2 | a4 e4 | f2 a2 g2 f2 | e6 z2 |f4 g2 a2 | g2 e2 c2 d2 | e2 f2 a2 f2 | d6 z2"
_W_LIFT_CH = "C | Am7 | Dm7 | Em7 | F | C/E | Dm7 | G7sus G7"
_BRIGHT = chords("X--x--x-x--x--x- X--x--x-x--x-xx-", 55, 71, 4, 0.01)
_W_BASS = bass("R--R5--R R--R5-a-", 29)
_W_KIT = drums(
    {KICK: "x..ox...", RIM: "..o...o.", SHAKER: "xoxoxoxo"},
    {KICK: "x..ox...", RIM: "..o...oo", SHAKER: "xoxoxoxo", TAMB: "....o.x."},
)
_W_FULL = drums(
    {KICK: "x..ox..o", SNARE: "..o...o.", HAT: "xoxoxoxo", TAMB: "..o...o."},
    {KICK: "x..ox...", SNARE: "..o..oxo", HAT: "xoxoxo..", TAMB: "..o...o."},
)

WELCOME = Song(
    name="welcome",
    title="Good Morning, Welcome",
    bpm=112,
    metre=4,
    key=5,
    folder="welcome",
    exact_s=DOOR_S,
    ring_s=1.5,
    parts={
        "piano": Part(0, -0.5, -6, 40, 0.95, 2),
        "flute": Part(73, 0.0, 10, 55, 0.95, 4, swells=True),
        "violins": Part(48, 0.0, -8, 60, 0.98, 8, swells=True),
        "horn": Part(60, -4.0, 16, 60, 0.97, 6, swells=True),
        "bells": Part(9, -10.0, 22, 55, 1.0),
        "comp": Part(0, -6.5, -16, 38, 0.9, 0),
        "harp": Part(46, -7.5, -24, 50, 1.0),
        "strings": Part(49, -8.0, 0, 62, 1.0, swells=True),
        "bass": Part(33, -5.0, 0, 12, 0.88),
        "kit": Part(DRUMS, -11.0, 4, 25),
    },
    form=(
        Sec(
            "C | F/C | C | G7sus",
            {"bells": Line("z2 g2 e2 c'2 | z2 a2 f2 c'2 | z2 g2 e2 c'2 | z2 d'2 c'2 g2", (octave(-1),))},
            {"harp": broken("b2343432", 52, 72, 4, 2.0), "strings": pad(55, 70)},
            0.82,
            (0.96, 1.0),
        ),
        Sec(
            _W_A,
            {"piano": Line(_W_TUNE, (rolled(2),))},
            {
                "harp": broken("b2343432", 52, 72, 4, 2.0),
                "bass": bass("R---5---", 29),
                "kit": drums({SHAKER: "xoxoxoxo"}),
            },
            0.9,
        ),
        Sec(
            _W_A2,
            {"flute": Line(_W_TUNE2)},
            {"comp": _BRIGHT, "bass": _W_BASS, "kit": _W_KIT, "strings": pad(55, 70)},
            0.93,
        ),
        Sec(
            _W_B,
            {
                "violins": Line(_W_BRIDGE, (octave(-1),)),
                "flute": Line(_W_BRIDGE, (bars(5, 8), below(3, 9, 0.9))),
            },
            {
                "comp": _BRIGHT,
                "harp": broken("b2343432", 52, 72, 4, 2.0),
                "bass": _W_BASS,
                "kit": _W_KIT,
            },
            0.97,
        ),
        Sec(
            _W_A2,
            {"violins": Line(_W_TUNE2), "piano": Line(_W_TUNE2, (below(3, 9, 0.9),))},
            {
                "comp": _BRIGHT,
                "bass": _W_BASS,
                "kit": _W_FULL,
                "horn": guide(53, 65),
                "bells": fills(70, 84, 0.5, 2.0),
            },
            1.0,
        ),
        Sec(
            "F | G/F | Em7 | Am7 | Dm7 | G7sus",
            {
                "horn": Line("f4 e2 c2 | d4 B2 G2 | g4 e2 d2 | c4 e4 | f2 a2 g2 f2 | g6 z2", (octave(-1),)),
                "piano": Line("z8 | z4 g2 b2 | z8 | z4 e2 a2 | z8 | z2 d2 e2 g2"),
            },
            {
                "strings": pad(55, 72),
                "harp": broken("b2343432", 52, 72, 4, 2.0),
                "bass": bass("R---5---", 29),
                "kit": drums({SHAKER: "xoxoxoxo"}),
            },
            0.88,
        ),
        Sec(
            _W_LIFT_CH,
            {"piano": Line(_W_LIFT, (rolled(3),))},
            {
                "comp": _BRIGHT,
                "strings": pad(55, 70),
                "bass": _W_BASS,
                "kit": _W_KIT,
                "flute": fills(72, 84),
            },
            0.95,
        ),
        Sec(
            _W_A,
            {
                "violins": Line(_W_TUNE, (embellish(0.2),)),
                "flute": Line(_W_TUNE, (octave(0), bars(5, 8))),
            },
            {
                "comp": _BRIGHT,
                "bass": _W_BASS,
                "kit": _W_FULL,
                "horn": guide(53, 65),
                "harp": broken("b2343432", 52, 72, 4, 2.0),
            },
            1.0,
        ),
        Sec(
            _W_A2,
            {
                "violins": Line(_W_TUNE2),
                "piano": Line(_W_TUNE2, (below(3, 9, 0.9), embellish(0.3))),
                "horn": Line(_W_TUNE2, (octave(-1), bars(5, 8), softer(0.9))),
            },
            {"comp": _BRIGHT, "bass": _W_BASS, "kit": _W_FULL, "bells": fills(70, 84, 0.5, 2.0)},
            1.02,
        ),
        Sec(
            "F G | Em7 Am7 | Dm7 G7 | C",
            {
                "piano": Line("a3 g f2 d2 | e2 g2 e2 c2 | d2 f2 e2 B2 | c6 z2", (rolled(2),)),
                "violins": Line("f4 d4 | e4 c4 | A4 B4 | G8"),
            },
            {
                "harp": broken("b2343432", 52, 72, 4, 2.0),
                "bass": bass("R---R--- R---R--- R---R--- R-------", 29),
                "kit": drums({SHAKER: "xoxoxoxo xoxoxoxo xoxoxoxo x......."}),
            },
            0.88,
            (1.0, 0.84),
        ),
        Sec(
            "C",
            styles={
                "harp": broken("b1234567", 52, 72, 3, 6.0),
                "strings": pad(55, 70),
                "bass": bass("R-------", 29),
                "bells": broken("....1.3.", 70, 84, 3, 3.0),
            },
            dyn=0.8,
            tempo=(0.84, 0.8),
        ),
    ),
)

_C_A = "Cmaj7 | Em7 | Am7 | Gm7 C7 | Fmaj7 | Fm6 | Em7 A7b9 | Dm7 G7"
_C_A2 = "Cmaj7 | Em7 | Am7 | Gm7 C7 | Fmaj7 | Fm6 | Dm7 G13 | C69"
_C_B = "Am7 | Em7 | Fmaj7 | C/E | Dm7 | Em7 Am7 | D9 | G7sus G7"
_C_TUNE = "z2 G2 e3 d | B6 z2 | z2 A2 c3 e | d3 c _B2 c2 |A4 c2 e2 | d3 c _A4 | G2 B2 ^c2 e2 | f3 e d4"
_C_TUNE2 = "z2 G2 e3 d | B6 z2 | z2 A2 c3 e | d3 c _B2 c2 |A4 c2 f2 | d3 c _A2 d2 | f2 e d B2 d2 | c6 z2"
_C_BRIDGE = "a3 g e2 c2 | g3 e d2 B2 | a3 g f2 c2 | e6 z2 |f3 e d2 f2 | g2 e2 a2 c'2 | a3 ^f e2 d2 | d4 z2 G2"
_TENDER = broken("b.2.3.4.3.4.2.3. b.2.3.4.b.2.3.4.", 52, 68, 4, 3.0)
_C_BASS = bass("R-----.5R-----a-", 28)
_C_KIT = drums({KICK: "x.....o.x.......", RIM: "....x.......x...", SHAKER: "o.,.o.,.o.,.o.,."})

CLOSING = Song(
    name="closing",
    title="The Lights Go Home",
    bpm=72,
    metre=4,
    key=-2,
    folder="closing",
    exact_s=DOOR_S,
    ring_s=1.4,
    wobble=0.014,
    parts={
        "sax": Part(65, 0.0, 6, 60, 0.97, 14, swells=True, slides=True),
        "piano": Part(0, -1.5, -8, 45, 0.95, 4, pedal=True),
        "keys": Part(5, -5.5, -14, 45, 0.98),
        "violins": Part(48, -2.0, 8, 62, 0.99, 10, swells=True),
        "strings": Part(49, -8.0, 0, 65, 1.0, swells=True),
        "cello": Part(42, -5.5, 14, 60, 0.99, 8, swells=True),
        "bass": Part(35, -5.0, 0, 12, 0.95, 4),
        "kit": Part(DRUMS, -13.0, 4, 30),
    },
    form=(
        Sec(
            "Cmaj7 | Am7 | Fmaj7 | G7sus",
            {"piano": Line("z2 g2 e2 d2 | c6 z2 | z2 a2 g2 e2 | d6 z2")},
            {"keys": _TENDER, "strings": pad(52, 67)},
            0.82,
            (0.94, 1.0),
        ),
        Sec(_C_A, {"sax": Line(_C_TUNE)}, {"keys": _TENDER, "bass": _C_BASS}, 0.9),
        Sec(
            _C_A2,
            {"sax": Line(_C_TUNE2, (embellish(0.25),))},
            {
                "keys": _TENDER,
                "bass": _C_BASS,
                "kit": _C_KIT,
                "strings": pad(52, 67),
                "piano": fills(67, 81, 0.5, 1.5),
            },
            0.94,
        ),
        Sec(
            _C_B,
            {
                "violins": Line(_C_BRIDGE),
                "sax": Line(_C_BRIDGE, (bars(5, 8), below(3, 9, 0.9))),
            },
            {
                "keys": _TENDER,
                "bass": _C_BASS,
                "kit": _C_KIT,
                "cello": guide(45, 57),
                "piano": fills(67, 84, 0.25, 1.5),
            },
            1.0,
        ),
        Sec(
            "Fmaj7 | Em7 | Dm7 | G7sus G7",
            {"piano": Line("c'2 a g e2 c2 | b2 g e d2 B2 | a2 f e d2 f2 | e2 c2 d4")},
            {"keys": _TENDER, "strings": pad(52, 67), "bass": _C_BASS},
            0.88,
        ),
        Sec(
            _C_A2,
            {
                "sax": Line(_C_TUNE2, (embellish(0.4),)),
                "violins": Line(_C_TUNE2, (below(3, 9, 0.9), softer(0.85))),
            },
            {"keys": _TENDER, "bass": _C_BASS, "kit": _C_KIT, "cello": guide(45, 57)},
            1.0,
        ),
        Sec(
            "Fmaj7 Fm6 | Em7 A7b9 | Dm7 G13",
            {
                "sax": Line("A2 c2 d2 c2 | B2 g2 e2 ^c2 | f2 e d B2 d2"),
                "piano": Line("z8 | z8 | z8"),
            },
            {"keys": _TENDER, "strings": pad(52, 67), "bass": _C_BASS, "cello": guide(45, 57)},
            0.86,
            (1.0, 0.84),
        ),
        Sec(
            "Cadd9",
            {"sax": Line("e8", (softer(0.85),))},
            {
                "keys": broken("b.2.3.4.5.6.7...", 52, 68, 3, 6.0),
                "strings": pad(52, 67),
                "bass": bass("R-------", 28),
            },
            0.8,
            (0.82, 0.74),
        ),
    ),
)
