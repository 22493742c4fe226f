"""The touchscreen's catalogues: find the texts of the screens, bring the .po files up to date, compile them.

    python -m tools.words

A text that is new has no translation yet, one that is gone leaves; a test of the project fails on either.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from kiosk.display.words import CATALOGUES, catalogue
from kiosk.units import Language

HOUSE = Path(__file__).resolve().parent.parent / "kiosk"
SCREENS = "display/screens"
MARKS = {"N_": None, "tell": None, "alias": None}  # what anybody tells people
SAYS = {**MARKS, "say": None}  # of the screens, and of whose forms they are
SENTENCES = "sentences"  # others may tell something else
SPEAKING = (SCREENS, "rules/forms", "rules/service", "desks/staff")
SOME_DAY = datetime(2026, 11, 22, tzinfo=UTC)  # the same texts give the same bytes


def texts() -> dict[str, list[str]]:
    """Every text that is put into every language, with the modules that say it."""
    found: dict[str, list[str]] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        name = path.relative_to(HOUSE).as_posix()
        code = path.read_text(encoding="utf-8")
        marks = SAYS if name.startswith(SPEAKING) else MARKS if SENTENCES in code else {}
        if not any(f"{mark}(" in code for mark in marks):
            continue
        for _, message, _, _ in extract_from_file("python", path, keywords=marks, comment_tags=()):
            if text := message if isinstance(message, str) else message[0]:
                modules = found.setdefault(text, [])
                if (where := name.removeprefix(f"{SCREENS}/")) not in modules:
                    modules.append(where)
    return found


def read(path: Path) -> Catalog:
    """A catalogue as it lies there; an empty one where there is none."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def words_of(language: Language) -> dict[str, str]:
    """What a catalogue says, text by text, as it was compiled."""
    with catalogue(language).open("rb") as file:
        compiled = read_mo(file)
    return {str(message.id): str(message.string) for message in compiled if message.id}


def main() -> None:
    """Bring every catalogue up to date."""
    wanted = texts()
    for language, name in CATALOGUES.items():
        path = catalogue(language, "po")
        before = read(path)
        now = Catalog(locale=name, project="kiosk", fuzzy=False)
        for text in sorted(wanted):
            old = before.get(text)
            now.add(text, old.string if old else "", locations=[(module, 0) for module in sorted(wanted[text])])
        path.parent.mkdir(parents=True, exist_ok=True)
        now.creation_date = now.revision_date = SOME_DAY
        with path.open("wb") as file:
            write_po(file, now, omit_header=False, include_lineno=False, width=110)
        with catalogue(language).open("wb") as file:
            write_mo(file, now)


if __name__ == "__main__":
    main()
