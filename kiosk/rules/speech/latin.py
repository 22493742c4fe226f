"""Latin letters inside Mandarin: what is read as a word, what is spelled, and how a Mandarin voice says a letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

# Written forms that no rule can guess, by their lower-case form; what stands between letters may be left out or varied.
_BRANDS = (
    (r"7[ -]?eleven", "Seven Eleven"),
    (r"7-11(?=\s?(?:便利|门市|門市|超商|店))", "Seven Eleven"),
    (r"7[ -]?up", "七喜"),
    (r"h ?& ?m", "H M"),
    (r"c ?& ?a", "C A"),
    (r"b ?& ?q", "B Q"),
    (r"a ?& ?f", "A F"),
    (r"p ?& ?g", "P G"),
    (r"m ?& ?m'?s?", "M M"),
    (r"r ?& ?b", "R B"),
    (r"sk-?ii", "S K Two"),
    (r"361(?:°|度)(?!C)", "三六一度"),
    (r"85 ?(?:度 ?c|° ?c(?=\s?(?:咖啡|蛋糕|面包|麵包|烘焙|西点|西點)))", "八五度 C"),
    (r"1号店|1號店", "一号店"),
    (r"wi-?fi", "WiFi"),
    (r"t-?shirt", "T恤"),
    (r"e-?mail", "Email"),
    (r"3c(?=[产產数數家馆館卖賣区區])", "三C"),
    (r"4s ?店", "四S店"),
    (r"o2o", "O to O"),
    (r"b2b", "B to B"),
    (r"b2c", "B to C"),
)
BRANDS = re.compile("|".join(rf"(?P<b{at}>{form})" for at, (form, _) in enumerate(_BRANDS)), re.IGNORECASE)
_NEAR = re.compile(r"[0-9A-Za-z]")

_WORDS_IN_CAPITALS = """
ZARA NIKE IKEA LEGO GAP FILA PUMA VANS UGG SONY BOSE OPPO VIVO DELL ACER ASUS AUDI SPA MUJI ECCO ELLE DIOR POLO
SALE NEW HOT OFF OPEN FREE PRO MAX MINI PLUS VISA BABY KIDS LADY MAN TOP ONLY VERO MODA JACK LEE CAFE CLUB SHOW
PARK STAR LOVE BEST SHOP APPLE GO UP ONE TWO NO YES DAY FUN FIT PICK IN ON OUT ART BAR BOX CAR CITY COOL FOOD
GIFT GOLD GYM HOME HOUSE JOY KID LIFE LIVE LOFT LOOK MALL MAP MEN MUST NICE NIGHT PAD PAY PEN PET PLAY POP RED
SET SKY SUN TEA TIME TOY WOW ZOO MIX HERO ROSE ALDI OLAY AVON COCA COLA PEPSI SPRITE FANTA OREO DOVE KIEHLS
FENDI GUCCI PRADA COACH BALLY CHANEL HERMES ROLEX OMEGA TISSOT CASIO CROCS KENZO MAXMARA TO SEVEN ELEVEN
"""
_READ_AS_WORDS = frozenset(_WORDS_IN_CAPITALS.split())
_LETTER_BY_LETTER = """
app vip atm vr ar ai led usb cd dvd tv pc ktv pos dj mv ok id it hr ceo vs www ppt pdf qq uv spf
"""
_SPELLED = frozenset(_LETTER_BY_LETTER.split())

_ENGLISH_WORDS = frozenset(("ai", "led", "pos", "id", "it"))

_ALPHABET = """
A ei1 B bi4 C xi1 D di4 E yi4 F ai2fu5 G ji4 H ai2qi5 I ai4 J zhei4 K kei4 L ai2lou5 M ai2mu5 N en1 O ou1 P pi1
Q kiu1 R a4er5 S ai2si5 T ti4 U you1 V wei1 W da2bu5liu5 X ai2ke5si5 Y wai4 Z zei4
"""
_HEARD = """
wifi wai1fai1 email yi4mei1er5 spa si5pa1 ikea yi2jia1 nike nai4ke4 zara za1la1 lego le4gao1 puma piao1ma3
sony suo3ni2 visa wei1sa4 ok ou1kei4 pro pu5rou4 apple ai2po5 iphone ai4feng1 ipad ai4pai1de5
muji wu2yin4liang2pin3 sale sei1ou5
"""
_FIELDS = (*_ALPHABET.split(), *_HEARD.split())
_SYLLABLES = MappingProxyType(dict(zip(_FIELDS[::2], _FIELDS[1::2], strict=True)))
_SYLLABLE = re.compile(r"[a-z]+[1-5]")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)


def with_brands(text: str, *, latin_only: bool = False) -> str:
    """The text with brands as they are said; a form inside a longer word or number is left alone.

    latin_only: leave those alone that are said in Chinese.
    """

    def said(found: re.Match[str]) -> str:
        before, behind = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if _NEAR.match(before) or _NEAR.match(behind):
            return found[0]
        brand = _BRANDS[int(str(found.lastgroup)[1:])][1]
        return found[0] if latin_only and not brand.isascii() else brand

    return BRANDS.sub(said, text)


def is_spelled(word: str) -> bool:
    """Whether an English voice too says the letters: VIP, KFC, ATM, but not SALE or WET."""
    return len(word) > 1 and (word.lower() in _SPELLED - _ENGLISH_WORDS or (word.isupper() and not _VOWEL.search(word)))


def is_spelled_in_mandarin(word: str) -> bool:
    """Whether a run of letters is spelled: short capitals that are no word or brand, and what cannot be pronounced."""
    bare = word.replace("'", "")
    if bare.lower() in _SPELLED:
        return True
    return bare.upper() not in _READ_AS_WORDS and ((bare.isupper() and len(bare) <= 4) or not _VOWEL.search(bare))


def spoken_words(word: str, spelled: Callable[[str], bool]) -> tuple[str, ...]:
    """A run of letters as the words a voice reads: ("VIP",) is ("V", "I", "P"), ("Nike",) stays."""
    return tuple(word.replace("'", "").upper()) if len(word) > 1 and spelled(word) else (word,)


def syllables(word: str) -> tuple[str, ...]:
    """What a voice that knows only pinyin says for one of `spoken_words`; () where it has to try by itself."""
    spelled = _SYLLABLES.get(word.upper() if len(word) == 1 else word.lower(), "")
    return tuple(_SYLLABLE.findall(spelled))
