"""Mistakes with pages and staffed hours, each with what the installer then reads."""

from __future__ import annotations

from tests.config.mistakes import Mistake

RESET = 'action = "reset"'
PAGE = '\n[[buttons]]\nid = "wang"\naction = "page"\n'
WANG = 'page = { to = "staff", title = "mr", name = "王强" }'
WEEKEND_CLOSING = 'closing = { start = 22:20:00, end = 22:30:00, playlist = "closing" }'

PAGING_MISTAKES = {
    "a page button that pages nobody": Mistake(
        "site", RESET, RESET + PAGE, 'button[4] "wang".page', "is missing", 'page = { to = "staff"',
    ),
    "a page button with a title": Mistake(
        "site", RESET, RESET + PAGE + WANG.replace("王强", "王强经理"), 'button[4] "wang".page.name',
        'is "王强经理"', "staff are called by their name, never by a title; say 本公司王强先生",
    ),
    "a page button for a zone that is not there": Mistake(
        "site", RESET, RESET + PAGE + WANG.replace(" }", ', zones = ["roof"] }'), 'button[4] "wang".page.zones',
        'is "roof"', 'the store has no zone "roof"; it has hall',
    ),
    "a page button for nobody in particular": Mistake(
        "site", RESET, RESET + PAGE + WANG.replace('"staff"', '"boss"'), 'button[4] "wang".page.to', "boss", "guest",
    ),
    "another button with a page": Mistake(
        "site", RESET, RESET + "\n" + WANG, 'button[3] "reset".page', "a reset button pages nobody",
        "take the line out",
    ),
    "a page button with a script": Mistake(
        "site", RESET, RESET + PAGE + WANG + '\nscript = "member-day"', 'button[4] "wang".script',
        "a page button airs no page",
    ),
    "questions that come too late": Mistake(
        "site", "[programme]", '[paging]\nask_every = "3min"\n[programme]', "paging.ask_every",
        "is longer than message_after", "make it shorter than message_after",
    ),
    "a page that is said too often": Mistake(
        "site", "[programme]", "[paging]\ntimes = 9\n[programme]", "paging.times", "9", "1 to 5",
    ),
    "an unattended room that does what it wants": Mistake(
        "site", "[programme]", '[paging]\nunattended = "maybe"\n[programme]', "paging.unattended", "maybe", '"air"',
    ),
    "a shift of no length": Mistake(
        "day_types", WEEKEND_CLOSING, WEEKEND_CLOSING + "\nstaffed = [{ start = 10:00:00, end = 10:00:00 }]",
        'day_type[2] "weekend".staffed[1]', "starts and ends at 10:00, so it has no length", "until the doors close",
    ),
    "a staffed hour that is none": Mistake(
        "day_types", WEEKEND_CLOSING, WEEKEND_CLOSING + '\n[staffing]\nhours = [{ start = "noon" }]',
        "staffing.hours[1].start", "noon",
    ),
}  # fmt: skip
