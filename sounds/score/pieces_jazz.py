"""Swinging pieces: a piano trio and a clarinet with rhythm guitars."""

from comp import chords, fills, hold, pad
from rhythm import BRUSH_SWIRL, BRUSH_TAP, KICK, PEDAL_HAT, RIDE, bass, drums, once, walking
from song import DRUMS, Line, Part, Sec, Song
from vary import below, early, embellish, rolled, softer

_A = "C6 A7 | Dm7 G7 | Em7 A7 | Dm7 G7 | C9 | Fmaj7 Bb13 | Em7 A7b9 | Dm7 G7"
_A2 = "C6 A7 | Dm7 G7 | Em7 A7 | Dm7 G7 | C9 | Fmaj7 Bb13 | Dm7 G7 | C6"
_B = "E7 | % | A7 | % | D9 | % | Dm7 | G7"
_HEAD = (
    "z G A c e2 ^c A | d2 f2 z d B G | z G B d g2 e ^c | f2 d2 B4 |"
    "z c d e g2 _b2 | a2 c2 d2 g2 | z g2 e ^c2 A2 | f2 A2 B4"
)
_HEAD2 = (
    "z G A c e2 ^c A | d2 f2 z d B G | z G B d g2 e ^c | f2 d2 B4 |z c d e g2 _b2 | a2 c2 d2 g2 | f2 d2 B2 A2 | c6 z2"
)
_BRIDGE = "z ^g2 b2 e2 d | B4 z4 | z ^c2 e2 g2 f | e4 z4 |z ^f2 a2 c'2 b | a4 z4 | z f2 d2 A2 c | B2 d2 G4"
_SOLO = (
    "e g a g e ^c A G | F A d f e d B G | E G B d ^c e g _b | a f d c B d f a |"
    "g e c _B A c e g | f a c' a _a f d _B | B d g b _b g e ^c | d f a f e d B2 "
)
_SOLO2 = (
    "z c2 e g2 e ^c | d2 f a z a g f | e2 g b z _b g e | d f a c' b a g f |"
    "e g e c _b g e c | a f c A d f _a g | f d A d f A B ^d | e6 z2"
)
_COMP = chords("X--x.... .x-....x ..x-x... x-.x-...", 50, 66, 4, 0.008)
_BUSY = chords(".x-.x-.x x-.x-... ..x-.x-. .x--..x-", 50, 66, 4, 0.008)
_TIME = drums(
    {RIDE: "x..x.ox..x.o", PEDAL_HAT: ".x.x", BRUSH_SWIRL: "o.o.", KICK: ",..,"},
)
_SOFT = drums({BRUSH_SWIRL: "o,o,", PEDAL_HAT: ".x.x", BRUSH_TAP: ".,.o ,..o"})

CORNER_CAFE = Song(
    name="corner_cafe",
    title="Corner Cafe",
    bpm=134,
    metre=4,
    key=5,
    swing=0.63,
    parts={
        "piano": Part(0, 0.0, 6, 32, 0.9, 5),
        "left": Part(0, -6.0, -8, 28, 0.8, 8),
        "bass": Part(32, -4.0, -4, 14, 0.95),
        "kit": Part(DRUMS, -11.5, 12, 22, kit=40),
    },
    form=(
        Sec(
            "Dm7 G7 | Em7 A7 | Dm7 G7 | C6 G7",
            {"piano": Line("z f2 A B2 d f | e2 g2 z g e ^c | z f2 A d2 B A | G2 E2 z4")},
            {"left": _COMP, "bass": bass("R-5-R-a-", 29), "kit": _SOFT},
            dyn=0.86,
        ),
        Sec(
            _A,
            {"piano": Line(_HEAD)},
            {"left": _COMP, "bass": bass("R-5-R-a- R-3-R-a-", 29), "kit": _SOFT},
            0.9,
        ),
        Sec(
            _A2,
            {"piano": Line(_HEAD2, (rolled(2), embellish(0.3)))},
            {"left": _COMP, "bass": walking(), "kit": _TIME},
            0.94,
        ),
        Sec(
            _B,
            {"piano": Line(_BRIDGE, (rolled(3),))},
            {"left": _BUSY, "bass": walking(), "kit": _TIME},
            1.0,
        ),
        Sec(
            _A2,
            {"piano": Line(_HEAD2, (early(0.5), embellish(0.4)))},
            {"left": _COMP, "bass": walking(), "kit": _TIME},
            0.96,
        ),
        Sec(_A, {"piano": Line(_SOLO)}, {"left": _BUSY, "bass": walking(), "kit": _TIME}, 0.94),
        Sec(
            _A2,
            {"piano": Line(_SOLO2, (rolled(2),))},
            {"left": _BUSY, "bass": walking(), "kit": _TIME},
            1.0,
        ),
        Sec(
            _B,
            {"piano": Line(_BRIDGE, (below(3, 9, 0.9), embellish(0.3)))},
            {"left": _COMP, "bass": walking(), "kit": _TIME},
            0.98,
        ),
        Sec(
            _A2,
            {"piano": Line(_HEAD2, (rolled(3), embellish(0.3)))},
            {"left": _COMP, "bass": walking(), "kit": _TIME},
            0.94,
        ),
        Sec(
            "Em7 A7b9 | Dm7 G7 | C69",
            {"piano": Line("z g2 e ^c2 A2 | f2 d2 B2 A2 | z2 G A d4")},
            {
                "left": hold(50, 66, 4, 0.03),
                "bass": bass("R---R---", 29),
                "kit": drums({BRUSH_SWIRL: "o.o. o.o. o..."}),
            },
            0.86,
            (1.0, 0.74),
        ),
    ),
)

_C_A = "C6 | % | A7 | % | D9 | G7 | C6 A7 | Dm7 G7"
_C_A2 = "C6 | % | A7 | % | D9 | G7 | C6 F9 | C6"
_C_B = "F6 | F#dim7 | C6/G | A7 | D9 | % | Dm7 | G7"
_C_HEAD = (
    "G2 ^F G e2 c2 | A G2 E5 | G2 ^F G e2 ^c2 | _B A2 E5 |A2 ^G A ^f2 e2 | f2 d2 B2 G2 | c2 e2 ^c2 A2 | d2 f2 e d3"
)
_C_HEAD2 = (
    "G2 ^F G e2 c2 | A G2 E5 | G2 ^F G e2 ^c2 | _B A2 E5 |A2 ^G A ^f2 e2 | d2 B2 A G F D | E G c e g2 _e2 | c6 z2"
)
_C_BRIDGE = (
    "a2 ^g a c'2 a2 | a2 ^f a c'2 a2 | g2 ^f g e4 | ^c2 e2 g4 |^f2 e ^f a2 ^f2 | e4 d2 c2 | f2 e f a2 f2 | g2 f2 d2 B2"
)
_PUMP = chords("x.X.x.X.", 50, 65, 4, 0.018)
_TWO = bass("R-5- R-5-", 28)

CLARINET_STREET = Song(
    name="clarinet_street",
    title="Clarinet Street",
    bpm=178,
    metre=4,
    key=-5,
    swing=0.6,
    parts={
        "clarinet": Part(71, 0.0, -6, 42, 0.92, 8, swells=True),
        "violin": Part(40, -3.5, 20, 50, 0.94, 6, swells=True),
        "pump": Part(25, -6.5, -18, 22, 0.42),
        "bass": Part(32, -5.0, 4, 14, 0.7),
        "kit": Part(DRUMS, -13.0, 10, 20, kit=40),
    },
    form=(
        Sec("C6 | A7 | D9 | G7", styles={"pump": _PUMP, "bass": _TWO}, dyn=0.88),
        Sec(_C_A, {"clarinet": Line(_C_HEAD)}, {"pump": _PUMP, "bass": _TWO}, 0.92),
        Sec(
            _C_A2,
            {"clarinet": Line(_C_HEAD2, (embellish(0.35),))},
            {"pump": _PUMP, "bass": _TWO, "kit": _SOFT, "violin": fills(62, 76)},
            0.95,
        ),
        Sec(
            _C_B,
            {
                "violin": Line(_C_BRIDGE, (softer(1.0),)),
                "clarinet": Line(_C_BRIDGE, (below(3, 9, 1.4),)),
            },
            {"pump": _PUMP, "bass": walking(), "kit": _SOFT},
            1.0,
        ),
        Sec(
            _C_A2,
            {
                "clarinet": Line(_C_HEAD2, (embellish(0.5),)),
                "violin": Line(_C_HEAD2, (below(3, 9, 0.9), softer(0.9))),
            },
            {"pump": _PUMP, "bass": _TWO, "kit": _SOFT},
            0.97,
        ),
        Sec(
            "D9 | G7 | C6 | C6",
            {"clarinet": Line("A2 ^G A ^f2 e2 | d2 B2 A G F D | E2 G2 c2 e2 | g4 z4")},
            {
                "pump": chords("x.X.x.X. x.X.x.X. X.X.X.X. X.......", 50, 65, 4, 0.018),
                "bass": _TWO,
                "violin": pad(62, 74, 1),
            },
            0.9,
            (1.0, 0.8),
        ),
        Sec(
            "C69",
            styles={
                "pump": hold(48, 66, 4, 0.08),
                "bass": bass("R---....", 28),
                "kit": once(RIDE, 0, 40),
            },
            dyn=0.8,
            tempo=(0.8, 0.8),
        ),
    ),
)
