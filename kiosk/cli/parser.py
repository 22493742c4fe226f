"""The commands and their options; each command's module is imported only when it runs: `--help` answers at once."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from kiosk.cli.late import LateParser, Options, elsewhere
from kiosk.cli.options import as_person, command, common
from kiosk.cli.words import date, days, minutes, number, seconds, time


def parser_of_all() -> argparse.ArgumentParser:
    """Every command; what its options are is asked once somebody gives it."""
    parser = LateParser(
        prog="kiosk",
        description="In-store kiosk and broadcast controller.",
        epilog="Exit codes: 0 done, 1 found problems, 2 wrong usage, 3 a device failed, 130 interrupted.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="tell the version and exit")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, options, text in _commands():
        commands.add_parser(name, help=text).options = options
    return parser


def _commands() -> tuple[tuple[str, Options, str], ...]:
    """Each with what adds its options, and what the help says of it."""
    return (
        ("demo", _demo, "a demo store that opens in twenty seconds, on real sound if there is any"),
        ("run", _run, "run the roles, broadcast and front, without a board: log lines on stderr"),
        ("press", _press, "press a button of the panel of the running broadcast role"),
        ("page", _page, "page somebody through the running role; pages and message slips"),
        ("people", _people, "who may do what at the desks: add, list, remove, retrain, change"),
        ("binder", _binder, "the announcement binder: list, show, release, withdraw, preview"),
        ("sign-in", _sign_in, "sign in at the panel, where neither badge nor key does"),
        ("sign-out", _sign_out, "leave the panel"),
        ("lockers", elsewhere("lockers"), "the bag-storage lockers: how they stand, and what staff do"),
        ("printers", elsewhere("printers"), "receipt printers: status, test, reprint, seen, withdraw"),
        ("queue", elsewhere("queue"), "the queue before the desks: take, next, recall, no-show, show"),
        ("returns", elsewhere("returns"), "the return desk: decide a case, its policy, its receipts"),
        ("service", elsewhere("service"), "the service desk: complaints, loans, lost and found, …"),
        ("check", _check, "read the whole site, listen to every file, tell every problem at once"),
        ("selfcheck", _selfcheck, "check the equipment, the files and the machine now"),
        ("plan", _plan, "lay out a day: as a table, as JSON, as a picture"),
        ("render", _render, "play a day into a sound file, faster than real time"),
        ("simulate", _simulate, "run days in virtual time without sound, tell what came of them"),
        ("report", _report, "what a day came to: planned against real"),
        ("speech", _speech, "put the store's texts into speech before it opens"),
        ("library", _library, "take music into the store's library"),
        ("guide", elsewhere("guide"), "the store guide: what shoppers find in it, and its maps"),
        ("screens", elsewhere("screens"), "draw every screen of the touchscreen, to look at"),
        ("site", elsewhere("site"), "another site in place of the one in use: check, switch, back, list"),
        ("status", elsewhere("keeping", "status"), "whether the roles live, and what wants a person"),
        ("backup", elsewhere("keeping", "backup"), "the ledger, the keys and the site's texts as one file"),
        ("export", elsewhere("keeping", "export"), "what the store may take away, as CSV or JSON, with a manifest"),
        (
            "housekeeping",
            elsewhere("keeping", "housekeeping"),
            "back up, read the whole ledger, prove the audit chain, tidy up",
        ),
        (
            "restore",
            elsewhere("keeping", "restore"),
            "put the ledger and the keys of a backup back; the roles are stopped",
        ),
        ("log", _log, "read the store's memory: the as-run log, the audit chain"),
    )


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"kiosk {import_module('importlib.metadata').version('kiosk')}\n")
        parser.exit()


def _demo(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument(
        "--minutes", type=minutes, default=15, metavar="N", help="length of the demo's day, 3 to 600 (default 15)"
    )
    parser.set_defaults(run=command("show", "demo"))


def _run(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument(
        "role",
        nargs="?",
        choices=("broadcast", "front"),
        help="only this one (default: both, each in a process of its own; one that fails is started again)",
    )
    parser.set_defaults(run=lambda arguments: import_module("kiosk.app.role").run(arguments))


def _press(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument("button", metavar="BUTTON", help="the button's id in site.toml")
    parser.add_argument(
        "--hold",
        type=seconds,
        default=0.0,
        metavar="S",
        help="hold it for so many seconds, as a guarded button wants",
    )
    as_person(parser)
    parser.set_defaults(run=command("panel", "press"))


def _page(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(title="what", required=True, metavar="WHAT")
    for whom, text in (
        ("guest", "page a shopper: 来宾×××先生"),
        ("staff", "page a member of the staff: 本公司×××先生"),
    ):
        _page_of(what.add_parser(whom, help=text), whom)
    listed = what.add_parser("list", help="the open pages, and how those of the last day ended")
    common(listed, as_json=True)
    listed.set_defaults(run=command("page", "listed"))
    slips = what.add_parser("slips", help="the message slips that wait to be delivered, ready to be printed")
    common(slips, as_json=True)
    slips.set_defaults(run=command("page", "slips"))
    steps = {
        "approve": "air a page that waits for an announcer",
        "decline": "do not air it; whoever asked is told why",
        "reached": "the person was reached; without N the page that is asked about",
        "withdraw": "nobody needs the person any more",
        "delivered": "the message slip was handed over",
    }
    for name, text in steps.items():
        step = what.add_parser(name, help=text)
        common(step)
        as_person(step)
        step.add_argument("n", nargs="?", type=number, metavar="N", help="the page's number (default: the only one)")
        if name == "decline":
            step.add_argument("--why", default="", metavar="TEXT", help="what whoever asked is told")
        if name == "delivered":
            step.add_argument("--to", default="", metavar="NAME", help="who took it (default: the person it is for)")
        step.set_defaults(run=command("page", "step"), step=name)


def _page_of(parser: argparse.ArgumentParser, whom: str) -> None:
    common(parser)
    parser.add_argument("name", metavar="NAME", help="the name as it is to be spoken, without a title")
    parser.add_argument("--title", choices=("mr", "ms"), required=True, help="先生 or 小姐")
    reasons = ("friend", "call", "vehicle", "child", "property")
    parser.add_argument("--reason", choices=reasons, help="why: a friend waits, call back, move the vehicle, …")
    parser.add_argument("--place", default="", metavar="P", help="where to come to (default: the main service desk)")
    parser.add_argument("--plate", default="", metavar="P", help="the vehicle's number plate, with --reason vehicle")
    parser.add_argument("--zone", action="append", default=[], metavar="Z", help="only in this zone; may be repeated")
    parser.add_argument(
        "--language", choices=("zh-CN", "zh-TW", "en"), default="zh-CN", help="in which language (default: zh-CN)"
    )
    parser.add_argument("--caller", default="", metavar="C", help="who waits for the person, for the message slip")
    parser.add_argument("--number", default="", metavar="T", help="the number to call back, for the message slip")
    parser.add_argument("--park", action="store_true", help="only prepare it; the approve button, or command, airs it")
    parser.add_argument("--say", action="store_true", help="print what would be said, and page nobody")
    as_person(parser)
    parser.set_defaults(run=command("page", "page"), whom=whom)


def _sign_in(parser: argparse.ArgumentParser) -> None:
    common(parser)
    as_person(parser)
    parser.set_defaults(run=command("people", "sign_in"))


def _sign_out(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.set_defaults(run=command("people", "sign_out"))


def _people(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    add = verbs.add_parser("add", help="register somebody")
    common(add)
    add.add_argument("name", metavar="NAME", help="what people read: the board, this list")
    add.add_argument("--id", metavar="ID", help="what the log says, for ever (default: the login, else p1, p2, …)")
    _who_they_are(add, required=True)
    _training(add, required=False)
    as_person(add)
    add.set_defaults(run=command("people", "add"))
    listed = verbs.add_parser("list", help="who is registered")
    common(listed, as_json=True)
    listed.add_argument("--all", action="store_true", help="also those who were removed")
    listed.set_defaults(run=command("people", "listed"))
    remove = verbs.add_parser("remove", help="somebody leaves: the PIN and the badge are forgotten, the log stays")
    retrain = verbs.add_parser("retrain", help="somebody was trained anew")
    change = verbs.add_parser("change", help="give somebody another PIN, badge, name, login or other rights")
    for verb, name in ((remove, "remove"), (retrain, "retrain"), (change, "change")):
        common(verb)
        verb.add_argument("id", metavar="ID", help="whose: see kiosk people list")
        as_person(verb)
        verb.set_defaults(run=command("people", name))
    _training(retrain, required=True)
    change.add_argument("--name", metavar="NAME", help="another name")
    _who_they_are(change, required=False)


def _who_they_are(parser: argparse.ArgumentParser, *, required: bool) -> None:
    store = ("announcer", "department-head", "planning-department", "bag-attendant", "supervisor")
    rights = (*store, "service-clerk", "cashier", "door-auditor", "floor-department")
    parser.add_argument("--right", action="append", choices=rights, required=required, help="may be repeated")
    parser.add_argument("--login", metavar="USER", help="the user of this machine that this person is")
    parser.add_argument("--badge", metavar="N", help="the number that the badge reader reads; only its mark is kept")
    parser.add_argument("--pin", action="store_true", help="ask for a PIN on the terminal, twice")
    parser.add_argument("--pin-file", type=Path, metavar="F", help="read the PIN from this file; - is standard input")


def _training(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--trained",
        type=date,
        required=required,
        metavar="D",
        help="the first day on which the training is valid",
    )
    parser.add_argument("--until", type=date, metavar="D", help="its last day (default: for good)")


def _binder(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help="every page with its state")
    common(listed, as_json=True)
    listed.add_argument("--date", type=date, metavar="D", help="which day's binder (default: today)")
    listed.set_defaults(run=command("binder", "listed"))
    show = verbs.add_parser("show", help="one page: what it says, its state, when and where it airs")
    common(show, as_json=True)
    show.add_argument("script", metavar="PAGE", help="the page's id in binder.toml")
    show.set_defaults(run=command("binder", "show"))
    release = verbs.add_parser("release", help="these pages may air, as they read now")
    withdraw = verbs.add_parser("withdraw", help="these pages may not air any more")
    withdraw.add_argument("--why", default="", metavar="TEXT", help="the reason, for the log")
    for verb, name in ((release, "release"), (withdraw, "withdraw")):
        common(verb)
        verb.add_argument("scripts", nargs="+", metavar="PAGE", help="ids of binder.toml")
        as_person(verb)
        verb.set_defaults(run=command("binder", name))
    preview = verbs.add_parser("preview", help="read, time and hear a page on the preview output only")
    common(preview, as_json=True)
    preview.add_argument("script", metavar="SCRIPT", help="the page's id in schedules/binder.toml")
    preview.add_argument(
        "--out", type=Path, metavar="F", help="write what would be heard into this .flac instead of playing it"
    )
    preview.add_argument("--silent", action="store_true", help="only print it")
    preview.set_defaults(run=command("preview", "preview"))


def _check(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    parser.set_defaults(run=command("site", "check"))


def _selfcheck(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    parser.description = (
        "Asks the running broadcast role to check itself; where none runs, checks from here. Exit codes: 0 all well,"
        " 1 a file or the machine has a fault, 3 a device has."
    )
    parser.add_argument(
        "--tone",
        action="store_true",
        help="switch the equipment on in order, play the test tone, hear it, switch off in order; not beside a role",
    )
    parser.add_argument(
        "--new-reference",
        action="store_true",
        help="with --tone: how the hall sounds now is what later tones are compared with",
    )
    _language(parser)
    parser.set_defaults(run=command("selfcheck", "selfcheck"))


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", choices=("zh-CN", "zh-TW", "en"), default="en", help="of the titles and remedies (default: en)"
    )


def _report(parser: argparse.ArgumentParser) -> None:
    pages = parser.add_subparsers(title="reports", required=True, metavar="REPORT")
    broadcast = pages.add_parser("broadcast", help="the broadcast day: lateness, refusals, faults, the self-check")
    common(broadcast, as_json=True)
    broadcast.add_argument("--date", type=date, metavar="D", help="the business day (default: today)")
    broadcast.add_argument("--html", type=Path, metavar="F", help="write a page to print into this file")
    _language(broadcast)
    broadcast.set_defaults(run=command("report", "broadcast"))
    service = pages.add_parser(
        "service", help="the service desk: volumes, times to answer, causes, open cases, ratings"
    )
    common(service, as_json=True)
    service.add_argument("--from", dest="since", type=date, metavar="D", help="the first day (default: a month ago)")
    service.add_argument("--to", dest="until", type=date, metavar="D", help="the last day (default: today)")
    service.add_argument("--html", type=Path, metavar="F", help="write a page to print into this file")
    _language(service)
    service.set_defaults(run=command("report", "service"))


def _plan(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    parser.add_argument("--date", type=date, metavar="D", help="2026-11-23 (default: today in the store's zone)")
    parser.add_argument("--png", type=Path, metavar="F", help="draw the day into this PNG file")
    parser.set_defaults(run=command("day", "plan"))


def _render(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    parser.description = (
        "Plays a day, or a stretch of it, through the real decoder and mixer into a file. EVENTS is a file of JSON"
        ' lines: {"at":"10:03:20.500","do":"press","button":"promo"}, {"at":…,"do":"page","to":"guest","title":"mr",'
        '"name":"王小明"} (and reason, place, plate, language, zones), {"at":…,"do":"urgent","script":"ID"},'
        ' {"at":…,"do":"evacuate","script":"ID"}, {"at":…,"do":"reset"}.'
    )
    parser.add_argument("--date", type=date, required=True, metavar="D", help="the day, 2026-11-23")
    parser.add_argument("--from", dest="begin", type=time, metavar="T", help="09:30 (default: just before opening)")
    parser.add_argument("--to", dest="end", type=time, metavar="T", help="10:30:00 (default: after closing)")
    parser.add_argument("--events", type=Path, metavar="F", help="what people do meanwhile, JSON lines")
    parser.add_argument("out", type=Path, metavar="OUT.flac", help="the file to write: .flac, .wav or .ogg")
    parser.set_defaults(run=command("day", "render"))


def _simulate(parser: argparse.ArgumentParser) -> None:
    common(parser, as_json=True)
    parser.add_argument("--from", dest="begin", type=date, required=True, metavar="D", help="the first day")
    parser.add_argument("--days", type=days, required=True, metavar="N", help="how many days, 1 to 3660")
    parser.set_defaults(run=command("day", "simulate"))


def _speech(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    prepare = actions.add_parser(
        "prepare", help="speak all that is known beforehand; exit code 1 if something is missing"
    )
    common(prepare, as_json=True)
    prepare.set_defaults(run=command("speech", "prepare"))


def _library(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="copy sound files into the site, measure each, and add them to a playlist")
    common(add, as_json=True)
    as_person(add)
    add.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder with the files; one inside the site is taken in place"
    )
    add.add_argument("--playlist", metavar="NAME", help="the playlist of schedules/playlists.toml that they join")
    add.add_argument(
        "--into", default="sounds/music", metavar="FOLDER", help="where in the site they go (default: sounds/music)"
    )
    add.set_defaults(run=command("library", "add"))


def _log(parser: argparse.ArgumentParser) -> None:
    pages = parser.add_subparsers(title="pages", required=True, metavar="PAGE")
    as_run = pages.add_parser("as-run", help="what was on the air, planned against real")
    common(as_run, as_json=True)
    as_run.add_argument("--date", type=date, metavar="D", help="the business day (default: today)")
    as_run.set_defaults(run=command("memory", "as_run"))
    audit = pages.add_parser("audit", help="who did what; a chain that shows when a line was changed")
    common(audit, as_json=True)
    audit.add_argument("--verify", action="store_true", help="check the whole chain; exit code 1 if it is broken")
    audit.set_defaults(run=command("memory", "audit"))
