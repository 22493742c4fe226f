"""Mistakes with lockers, each with what the installer then reads."""

from __future__ import annotations

from tests.config.mistakes import Mistake

SPEECH = "[speech]"
ROWS = '[[lockers.rows]]\nsize = "small"\nlockers = "1-6"\nplace = "left wall"\n'

BANK = '[[lockers.bank]]\ndriver = "gpio"\nlockers = "1-6"\nlatches = [17, 27, 22, 23, 24, 25]\n'


def with_lockers(lines: str = "", rows: str = ROWS) -> str:
    return f"[lockers]\n{lines}\n{rows}\n[speech]"


LOCKER_MISTAKES = {
    "lockers without a door": Mistake(
        "site", SPEECH, with_lockers(rows=""), "lockers.rows", "is missing", "add [[lockers.rows]]",
    ),
    "an unknown key": Mistake(
        "site", SPEECH, with_lockers("grace_s = 60"), "lockers.grace_s", 'unknown key "grace_s"',
        'did you mean "grace"?',
    ),
    "a latch that never rests": Mistake(
        "site", SPEECH, with_lockers('rest = "100ms"'), "lockers.rest", "too small", '"500ms" to "60s"',
    ),
    "a grace without a unit": Mistake(
        "site", SPEECH, with_lockers("grace = 60"), "lockers.grace", "has no unit", '"60s"',
    ),
    "a latch that is pulsed for ever": Mistake(
        "site", SPEECH, with_lockers("tries = 50"), "lockers.tries", "too large", "1 to 5",
    ),
    "a fee of a third of a yuan": Mistake(
        "site", SPEECH, with_lockers("fee = 3.333"), "lockers.fee", "which no cash desk can take", "two digits",
    ),
    "a reminder a second before the doors close": Mistake(
        "site", SPEECH, with_lockers('reminders = ["1s"]'), "lockers.reminders[1]", "too small", '["1h"',
    ),
    "a reminder page that is not there": Mistake(
        "site", SPEECH, with_lockers('reminder_page = "closing-3"'), "lockers.reminder_page",
        'names the unknown script "closing-3"', 'did you mean "closing-30"?',
    ),
    "a tidy list without an entry": Mistake(
        "site", SPEECH, with_lockers("tidy = []"), "lockers.tidy", "is an empty list", 'tidy = ["doors wiped"',
    ),
    "a size that nobody builds": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace('"small"', '"smal"')), "lockers.row[1].size",
        'did you mean "small"?', '"medium"',
    ),
    "a row without lockers": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace("1-6", "one to six")), "lockers.row[1].lockers",
        'is "one to six", which names no lockers from 1 to 512', 'lockers = "1-6"',
    ),
    "a row that runs backwards": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace("1-6", "6-1")), "lockers.row[1].lockers", "names no lockers",
    ),
    "a locker 0": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace("1-6", "0-6")), "lockers.row[1].lockers", "names no lockers",
    ),
    "more lockers than a bank has": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace("1-6", "1-9999")), "lockers.row[1].lockers", "names no lockers",
    ),
    "a locker in two rows": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS + ROWS.replace("1-6", "6-8")), "lockers.row[2].lockers",
        "names 6 again, which row 1 has", "name every locker once",
    ),
    "a locker twice in a row": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace("1-6", "1-6, 3")), "lockers.row[1].lockers", "names 3 again",
    ),
    "a locker that no latch opens": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS + BANK.replace("1-6", "1-5").replace(", 25", "")), "lockers",
        "lockers 6 have no latch in [[lockers.bank]]", "in both",
    ),
    "a latch of a locker that is nowhere": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace("1-6", "1-5") + BANK), "lockers",
        "lockers 6 have a latch, but stand in no [[lockers.rows]]", "in both",
    ),
    "a bank of an unknown kind": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS + BANK.replace("gpio", "gpoi")), "lockers.bank[1].driver", "gpoi",
        'did you mean "gpio"?',
    ),
    "a latch on a pin that a button has": Mistake(
        "site", SPEECH, '[panel]\non_air_lamp = 22\n' + with_lockers(rows=ROWS + BANK), "lockers.bank[1].latches",
        "GPIO 22 is taken by the on-air lamp already", "a pin of its own",
    ),
    "a row without a place": Mistake(
        "site", SPEECH, with_lockers(rows=ROWS.replace("left wall", " ")), "lockers.row[1].place", "is empty",
        "the slip names it",
    ),
}  # fmt: skip
