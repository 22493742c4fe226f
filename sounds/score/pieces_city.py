"""Evening pieces: city pop, rain on glass with electric piano, and a piano ballad."""

from comp import broken, chords, fills, guide, hold, pad
from rhythm import HAT, KICK, OPEN_HAT, RIDE, RIM, SHAKER, SNARE, TAMB, bass, drums
from song import DRUMS, Line, Part, Sec, Song
from vary import bars, below, embellish, octave, rolled

_N_A = "Fmaj9 | E7b9 | Am9 | Gm9 C13 | Fmaj9 | Em7 A7b9 | Dm9 | G13"
_N_B = "Dm9 | G13 | Em7 | Am9 | Dm9 | G13 | Cmaj9 | C13"
_N_TUNE = "z c2 e3 g a | ^g3 e z2 B d | c4 z A c e | d3 _B c4 |z c2 e3 g a | b2 g2 a g e2 | f3 e2 d c A | d4 z4"
_N_TUNE2 = (
    "z c2 e3 g a | b ^g2 e2 d B d | c3 A2 c e2 | d3 _B c2 d e |z c2 e3 g a | b2 g2 a g e2 | f3 e2 d c A | B3 d e4"
)
_N_HOOK = "a3 g f2 e2 | d3 e B4 | g3 ^f e2 d2 | c3 B A4 |a3 g f2 a2 | b3 a g2 e2 | g6 z2 | z4 z e g a"
_EP16 = chords("X--o..x-..x-.ox- x-.X..o-x-..x-x-", 50, 66, 4, 0.006)
_CITY_BASS = bass("R--R..8.R-.5.g7- R--R..8.5-.R.3a-", 28)
_CITY = drums(
    {
        KICK: "x..o..x...x..... x..o..x...o..x..",
        SNARE: "....x..,....x..,",
        HAT: "xoxoxoxoxoxoxoxo xoxoxoxoxoxoxo..",
        OPEN_HAT: "................ ..............o.",
    },
    {
        KICK: "x..o..x...x.....",
        SNARE: "....x..,..o.x.xx",
        HAT: "xoxoxoxoxoxo....",
        TAMB: "....o.......o...",
    },
)
_CITY_LIGHT = drums({HAT: "x.o.x.o.x.o.x.o.", RIM: "....x.......x...", KICK: "x.......o......."})
_CUT = chords("..oX..o...oX.oo.", 62, 76, 3, 0.004)

NEON_EVENING = Song(
    name="neon_evening",
    title="Neon Evening",
    bpm=108,
    metre=4,
    key=4,
    swing=0.54,
    swing_unit=0.5,
    parts={
        "sax": Part(65, 0.0, 6, 50, 0.93, 10, swells=True),
        "lead_guitar": Part(26, -2.0, -10, 45, 0.95, 8),
        "keys": Part(4, -5.0, -14, 42, 0.9),
        "cut": Part(27, -9.5, 26, 28, 0.4),
        "strings": Part(49, -8.5, 0, 60, 1.0, swells=True),
        "bass": Part(33, -4.0, 0, 8, 0.88, 3),
        "kit": Part(DRUMS, -8.5, 4, 18),
    },
    form=(
        Sec(
            "Fmaj9 | Em7 | Dm9 | G13",
            {"lead_guitar": Line("z2 e g a2 g e | z2 d e g4 | z2 e f a2 g e | d4 z4", (octave(-1),))},
            {"keys": _EP16, "bass": _CITY_BASS, "kit": _CITY_LIGHT},
            0.86,
        ),
        Sec(
            _N_A,
            {"sax": Line(_N_TUNE, (octave(-1),))},
            {"keys": _EP16, "bass": _CITY_BASS, "kit": _CITY_LIGHT},
            0.92,
        ),
        Sec(
            _N_A,
            {"sax": Line(_N_TUNE2, (octave(-1),))},
            {
                "keys": _EP16,
                "bass": _CITY_BASS,
                "kit": _CITY,
                "cut": _CUT,
                "lead_guitar": fills(62, 76),
            },
            0.95,
        ),
        Sec(
            _N_B,
            {"sax": Line(_N_HOOK, (octave(-1),))},
            {
                "keys": _EP16,
                "bass": _CITY_BASS,
                "kit": _CITY,
                "cut": _CUT,
                "strings": guide(60, 74),
            },
            1.0,
        ),
        Sec(
            "Fmaj9 | Em7 | Dm9 | Em7 A7b9",
            {"lead_guitar": Line("c3 e g2 a g | b g e d e2 B d | a f2 e d2 c A | B2 d2 ^c2 e2", (octave(-1),))},
            {"keys": _EP16, "bass": _CITY_BASS, "kit": _CITY_LIGHT},
            0.9,
        ),
        Sec(
            _N_B,
            {
                "sax": Line(_N_HOOK, (octave(-1), embellish(0.35))),
                "lead_guitar": Line(_N_HOOK, (octave(-1), below(3, 9, 0.9))),
            },
            {"keys": _EP16, "bass": _CITY_BASS, "kit": _CITY, "cut": _CUT, "strings": pad(60, 74)},
            1.02,
        ),
        Sec(
            "Dm9 | G13 | Cmaj9",
            {"sax": Line("a3 g f2 a2 | b3 a g2 e2 | d8", (octave(-1),))},
            {
                "keys": chords("X--o..x-..x-.ox- x-.X..o-x-..x-x- X---------------", 50, 66, 4, 0.02),
                "bass": bass("R--R..8.R-.5.g7- R--R..8.5-.R.3a- R---------------", 28),
                "kit": drums(
                    {
                        KICK: "x..o..x...x..... x..o..x...x..... x...............",
                        RIM: "....x.......x... ....x.......x... ................",
                        HAT: "xoxoxoxoxoxoxoxo xoxoxoxoxoxoxoxo ................",
                        RIDE: "................ ................ o...............",
                    }
                ),
                "strings": pad(60, 74),
            },
            0.94,
            (1.0, 0.86),
        ),
    ),
)

_R_A = "Dm9 | G13 | Cmaj9 | Am9 | Dm9 | Em7 A7b9 | Dm9 | G13"
_R_BACK = "Dm9 | G13 | Cmaj9 | Am9"
_R_B = "Fmaj9 | Bb9 | Em7 | Am9 | Dm9 | G13 | Cmaj9 | Em7 A7b9"
_R_TUNE = "z2 f e d c A2 | z2 B d e4 | z2 e d B G E2 | z4 G A c e |z2 f e d c a2 | z2 g e ^c2 _B2 | A3 c e2 f2 | e4 d4"
_R_TUNE_BACK = "z2 f e d c A2 | z2 B d e3 d | z2 e d B G E2 | z2 E G A c e2"
_R_BRIDGE = "c'3 a g2 e2 | g3 f d4 | b3 g ^f2 d2 | e6 z2 |a3 f e2 c2 | d3 f e2 B2 | d3 e g4 | z2 _b g e2 ^c2"
_LOFI_KEYS = chords("X-----o-..x-.... ..X---o-..x---o-", 52, 68, 4, 0.03)
_LOFI = drums(
    {
        KICK: "x......o..x.....",
        RIM: "....x.......x...",
        HAT: "x.o.x.o.x.o.x.oo",
        SHAKER: "..,...,...,...,.",
    }
)

RAIN_ON_GLASS = Song(
    name="rain_on_glass",
    title="Rain on Glass",
    bpm=82,
    metre=4,
    key=-6,
    swing=0.59,
    swing_unit=0.5,
    parts={
        "guitar": Part(26, 0.0, 8, 45, 0.95, 16),
        "vibes": Part(11, -2.5, 22, 55, 0.95, 10),
        "keys": Part(4, -4.0, -12, 45, 0.98, 4),
        "pad": Part(89, -11.0, 0, 60, 1.0),
        "bass": Part(33, -4.5, 0, 8, 0.9, 8),
        "kit": Part(DRUMS, -9.5, 4, 18, kit=0),
    },
    form=(
        Sec(
            "Dm9 | G13",
            {"vibes": Line("z2 a f e2 c2 | z2 d e B4", (octave(-1),))},
            {"keys": _LOFI_KEYS, "pad": pad(52, 68)},
            0.84,
        ),
        Sec(
            _R_A,
            {"guitar": Line(_R_TUNE)},
            {
                "keys": _LOFI_KEYS,
                "bass": bass("R-----.5R---..a- R-----.5..R-5-a-", 28),
                "kit": _LOFI,
            },
            0.92,
        ),
        Sec(
            _R_B,
            {
                "vibes": Line(_R_BRIDGE, (octave(-1),)),
                "guitar": Line(_R_BRIDGE, (octave(-1), bars(5, 8), below(3, 9, 0.9))),
            },
            {
                "keys": _LOFI_KEYS,
                "pad": pad(52, 68),
                "bass": bass("R-----.5R---..a- R-----.5..R-5-a-", 28),
                "kit": _LOFI,
            },
            0.98,
        ),
        Sec(
            _R_BACK,
            {"guitar": Line(_R_TUNE_BACK, (embellish(0.2),))},
            {
                "vibes": fills(60, 76, 0.5, 1.5),
                "keys": _LOFI_KEYS,
                "pad": pad(52, 68),
                "bass": bass("R-----.5R---..a- R-----.5..R-5-a-", 28),
                "kit": _LOFI,
            },
            0.96,
        ),
        Sec(
            "Dm9 G13 | Cmaj9",
            {"guitar": Line("A3 c d2 B2 | d8")},
            {
                "keys": hold(52, 68, 4, 0.06),
                "bass": bass("R---R--- R-------", 28),
                "vibes": broken("........ ..234562", 60, 76, 4, 3.0),
                "pad": pad(52, 68),
            },
            0.84,
            (0.98, 0.74),
        ),
    ),
)

_E_A = "Cadd9 | G/B | Am7 | Em7/G | Fmaj7 | C/E | Dm7 | Gsus4 G"
_E_BACK = "Cadd9 | G/B | Am7 | Em7/G"
_E_B = "Am7 | Fmaj7 | C | G | Am7 | Fmaj7 | Dm7 | Gsus4 G"
_E_TUNE = "e4 d c G2 | d4 c B G2 | c3 d e2 A2 | B4 z2 G2 |A3 B c2 f2 | e4 d c e2 | f3 e d c A2 | d6 z2"
_E_TUNE_BACK = "e4 d c G2 | d4 c B G2 | c3 d e2 a2 | g4 e2 B2"
_E_BRIDGE = "e3 a g2 e2 | a3 g e2 c2 | g3 e c2 d e | d6 z2 |e3 a b2 c'2 | a3 g e2 f2 | f3 e d2 a2 | g6 z2"
_LEFT8 = broken("bp343p32 bp34bp43", 50, 66, 4, 2.4)

EVENING_WINDOW = Song(
    name="evening_window",
    title="Evening Window",
    bpm=76,
    metre=4,
    key=1,
    wobble=0.022,
    parts={
        "piano": Part(0, 0.0, 6, 45, 0.97, 6, pedal=True),
        "left": Part(0, -6.5, -8, 42, 0.97, 0, pedal=True),
        "cello": Part(42, -4.0, 14, 58, 0.99, 8, swells=True),
        "strings": Part(49, -8.5, 0, 65, 1.0, swells=True),
    },
    form=(
        Sec("Cadd9 | G/B", styles={"left": _LEFT8}, dyn=0.82, tempo=(0.92, 1.0)),
        Sec(_E_A, {"piano": Line(_E_TUNE)}, {"left": _LEFT8}, 0.9),
        Sec(
            _E_B,
            {"piano": Line(_E_BRIDGE, (rolled(3),))},
            {"left": _LEFT8, "strings": pad(52, 67), "cello": guide(48, 60)},
            1.02,
        ),
        Sec(
            _E_BACK,
            {"piano": Line(_E_TUNE_BACK, (rolled(2), embellish(0.35)))},
            {"left": _LEFT8, "strings": pad(52, 67), "cello": guide(48, 60)},
            0.94,
        ),
        Sec(
            "Fmaj7 C/E | Dm7 G7 | Cadd9",
            {"piano": Line("A3 B c2 e2 | f2 e2 d2 B2 | d2 c6")},
            {
                "left": broken("b.p.3.4.b.p.3.4. b.p.3.4.b.p.3.4. b.p.3.4.5.6.7...", 50, 66, 3, 4.0),
                "strings": pad(52, 67),
            },
            0.8,
            (0.94, 0.62),
        ),
    ),
)
