"""Reads schedules/promotions.toml: what the touchscreen shows while nobody touches it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from kiosk.config.findings import Findings, Loc, shown
from kiosk.config.schema import Table, Words
from kiosk.config.sections import Entry, Sections
from kiosk.config.values import CalendarDate, Id, SitePath
from kiosk.config.words import fit_to_say, titled
from kiosk.rules.front.attract import Promotion
from kiosk.rules.service.store_icons import ICONS, TONES

LONGEST_TITLE, LONGEST_TEXT = 60, 160
LARGEST = 8_000_000  # bytes of a picture
MOST_PX = 4096  # wide or high: a larger one would take more memory than the role has
_TEXT = 'write it in three languages: { zh-CN = "…", zh-TW = "…", en = "…" }'
_DATE = "write a date without quotes, as 2026-11-21"
TIFF, ORIENTATION, UPRIGHT, MOST_ENTRIES = 42, 0x0112, (0, 1), 200  # of Exif data: their mark, the tag, its values
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"


class PromotionTable(Table):
    id: Id = Field(description='name it, as id = "member-day"')
    title: Words = Field(description=_TEXT)
    text: Words | None = Field(default=None, description=_TEXT)
    picture: SitePath | None = Field(
        default=None, description='write a PNG or JPEG of the site, as picture = "pictures/member-day.jpg"'
    )
    icon: str = Field(default="gift", description=f"name one of {', '.join(ICONS)}")
    tone: str = Field(default="brand", description=f"name one of {', '.join(TONES)}")
    valid_from: CalendarDate | None = Field(default=None, description=_DATE)
    valid_until: CalendarDate | None = Field(default=None, description=_DATE)


def promotions_of(sections: Sections, root: Path, findings: Findings) -> tuple[Promotion, ...]:
    """The promotions in their order; a picture that cannot be shown is told, and the words do without it."""
    sections.tell_duplicates("promotions")
    entries = sections.many("promotions", PromotionTable)
    sections.finish()
    return tuple(_promotion(entry, sections, root, findings) for entry in entries)


def _promotion(entry: Entry[PromotionTable], sections: Sections, root: Path, findings: Findings) -> Promotion:
    table, loc, source = entry.value, entry.loc, sections.source
    titled(source, (*loc, "title"), table.title, findings)
    for key, words, most in (("title", table.title, LONGEST_TITLE), ("text", table.text, LONGEST_TEXT)):
        if words is None:
            continue
        fit_to_say(source, (*loc, key), words, findings)
        for language, text in words.by_language().items():
            if len(text) > most:
                findings.error(source, (*loc, key, language), f"has {len(text)} characters", f"write {most} at most")
    for key, name, known in (("icon", table.icon, ICONS), ("tone", table.tone, TONES)):
        if name not in known:
            findings.error(source, (*loc, key), f"is {shown(name)}", f"name one of {', '.join(known)}")
    if table.valid_from and table.valid_until and table.valid_until < table.valid_from:
        findings.error(source, (*loc, "valid_until"), "is before valid_from", "look at the two dates")
    picture = table.picture or ""
    if picture and (fault := picture_fault(root / picture)):
        _tell_picture(sections, loc, f"{shown(picture)} {fault}", findings)
        picture = ""
    return Promotion(
        table.id,
        table.title.by_language(),
        {} if table.text is None else table.text.by_language(),
        picture,
        table.icon,
        table.tone,
        table.valid_from,
        table.valid_until,
    )


def _tell_picture(sections: Sections, loc: Loc, what: str, findings: Findings) -> None:
    findings.missing_sound(sections.source, (*loc, "picture"), what, "the words are shown without it until then")


def picture_fault(path: Path) -> str:
    """Why a picture cannot be shown, "" where nothing speaks against it; its pixels are not looked at."""
    try:
        data = path.read_bytes()
    except OSError:
        return "is not there, or cannot be read"
    if len(data) > LARGEST:
        return f"has {len(data) // 1_000_000} MB; 8 at most"
    size = size_of(data)
    if size is None:
        return "is no PNG and no JPEG"
    if not all(0 < one <= MOST_PX for one in size):
        return f"has {size[0]}x{size[1]} pixels; {MOST_PX} at most"
    if lies_on_its_side(data):
        return "lies on its side, as a telephone took it: turn it upright in a picture program and save it anew"
    return ""


def lies_on_its_side(data: bytes) -> bool:
    """Whether a picture is to be turned by whoever shows it, as its Exif data say; what is damaged says nothing."""
    at = data.find(b"Exif\0\0", 0, 65_536) + 6
    order: Literal["little", "big"] = "little" if data[at : at + 2] == b"II" else "big"

    def number(place: int, size: int) -> int:
        return int.from_bytes(data[at + place : at + place + size], order)

    if at < 6 or number(2, 2) != TIFF:
        return False
    table = number(4, 4)
    entries = (table + 2 + 12 * n for n in range(min(number(table, 2), MOST_ENTRIES)))
    return any(number(entry, 2) == ORIENTATION and number(entry + 8, 2) not in UPRIGHT for entry in entries)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or a JPEG, None for anything else."""
    if data.startswith(PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if not data.startswith(JPEG):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return None
