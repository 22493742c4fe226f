from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.rules.broadcast.selfcheck import SelfCheckChoices
from tests.sites import SITE, write_site


def test_a_store_that_says_nothing_checks_itself_twenty_minutes_before_opening(tmp_path: Path) -> None:
    assert load_site(write_site(tmp_path)).selfcheck == SelfCheckChoices(1200.0, True, -30.0, None)


def test_a_store_chooses_when_how_loud_and_with_which_microphone(tmp_path: Path) -> None:
    table = '[selfcheck]\nbefore = "45min"\ntone = false\ntone_dbfs = -40.0\nmicrophone = "USB"\n'

    site = load_site(write_site(tmp_path, site=f"{SITE}\n{table}"))

    assert site.selfcheck == SelfCheckChoices(2700.0, False, -40.0, "USB")


TALK = '\n[[buttons]]\nid = "talk"\naction = "talk"\n[microphone]\ndevice = "Desk"\n'


@pytest.mark.rule("B01")
@pytest.mark.parametrize(
    ("site", "microphone", "in_hall"),
    [
        (SITE, None, True),
        (SITE + TALK, "Desk", False),
        (SITE + TALK.replace("Desk", ""), "", False),
        (f'{SITE}{TALK}[selfcheck]\nmicrophone = "Hall"\n', "Hall", True),
        (f'{SITE}{TALK}[selfcheck]\nmicrophone = ""\n', None, True),
    ],
)
def test_the_announcers_microphone_listens_to_the_check_unless_the_store_names_another_or_none(
    tmp_path: Path, site: str, microphone: str | None, in_hall: bool
) -> None:
    choices = load_site(write_site(tmp_path, site=site)).selfcheck

    assert (choices.microphone, choices.in_hall) == (microphone, in_hall)


@pytest.mark.parametrize(
    ("line", "place", "what"),
    [
        ('before = "2min"', "selfcheck.before", "too small"),  # no time to mend anything
        ('before = "4h"', "selfcheck.before", "too large"),
        ("tone = 1", "selfcheck.tone", "the number 1"),
        ("tone_dbfs = 0.0", "selfcheck.tone_dbfs", "too large"),
        ('microphone = " "', "selfcheck.microphone", "is empty"),
        ('after = "20min"', "selfcheck.after", "unknown key"),
    ],
)
def test_a_choice_that_makes_no_sense_is_told_with_its_place(tmp_path: Path, line: str, place: str, what: str) -> None:
    site, problems = check_site(write_site(tmp_path, site=f"{SITE}\n[selfcheck]\n{line}\n"))

    assert site is None
    (problem,) = [one for one in problems if one.severity == "error"]
    assert problem.place.startswith(place)
    assert what in problem.what
    assert problem.remedy
