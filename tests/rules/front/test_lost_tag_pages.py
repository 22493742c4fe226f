"""What is asked about a lost tag: each form by taps and keys, and the deed that comes of it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import pytest

from kiosk.rules.forms.filling import Filling, opened
from kiosk.rules.forms.flow import Act, Chose, Next, Read, Wrote
from kiosk.rules.forms.form import Form, Words, problems
from kiosk.rules.front import lost_tag_pages as pages
from kiosk.rules.lockers.identity import Document, DocumentKind
from kiosk.rules.lockers.lost_tag import USUAL, Step
from kiosk.rules.lockers.lost_tag_deeds import (
    Deed,
    Describe,
    FileAway,
    HandOver,
    HoldBack,
    Identify,
    Match,
    Refused,
    TakeFee,
    Withdraw,
)
from kiosk.rules.writing.writing import Letter
from tests.rules.lockers.lost_tag_people import TODAY, gone_through

CARD = "11010519491231002X"


def filled(form: Form, *answers: str) -> dict[str, str]:
    """Somebody goes through a form: a choice is tapped, words are read by a scanner or typed."""
    filling = opened(pickle.loads(pickle.dumps(form)), chinese=False)
    for answer in answers:
        shown = filling.shown
        acts: list[Act] = (
            [Chose(answer)] if not isinstance(shown, Words) else [*(Wrote(Letter(sign)) for sign in answer), Next()]
        )
        for act in acts:
            after = filling.after(act).flow
            assert isinstance(after, Filling)
            filling = after
        assert filling.wrong == "", (answer, filling.wrong)
    assert problems(form, dict(filling.answers)) == {}
    return dict(filling.answers)


@pytest.mark.rule("L07")
def test_the_locker_is_one_in_which_something_lies() -> None:
    form = pages.which_locker(frozenset({7, 12}))

    assert filled(form, "12") == {"locker": "12"}
    for wrong in ("8", "", "x7"):
        assert problems(form, {"locker": wrong})


@pytest.mark.rule("L07")
def test_the_number_of_a_document_is_looked_at_before_the_next_page_and_goes_masked_to_the_last() -> None:
    form = pages.identifies(TODAY)
    filling = opened(form, chinese=False).after(Chose("identity-card")).flow
    assert isinstance(filling, Filling)
    for act in (Read("110105194912310021"), Next()):
        after = filling.after(act).flow
        assert isinstance(after, Filling)
        filling = after
    assert filling.wrong == "a digit of the identity card is not right: read it again from the card"

    told = filled(form, "identity-card", CARD, "Wang Xiaoming", "Nanjing Road 1", "yes")

    assert pages.deed_of("identify", told, TODAY) == Identify(
        "Wang Xiaoming", "Nanjing Road 1", Document(DocumentKind.IDENTITY_CARD, CARD), copied=True
    )
    asked = {page.id: page for page in form.pages(told)}
    private = [id for id, page in asked.items() if isinstance(page, Words) and page.private]
    assert private == ["number", "name", "address"]
    assert filled(form, "passport", "E1234567", "Wang", "Nanjing Road 1", "no")["copied"] == "no"
    wrong = pages.deed_of("identify", told | {"number": "1"}, TODAY)
    assert isinstance(wrong, Refused)


@pytest.mark.rule("L07")
@pytest.mark.parametrize(("fee", "given"), [(500, [500, 1000, 2000, 5000, 10000]), (3000, [3000, 5000, 10000])])
def test_the_fee_is_given_exactly_or_with_a_note_of_which_the_rest_goes_back(fee: int, given: list[int]) -> None:
    form = pages.takes_fee(replace(USUAL, fee_fen=fee))
    [page] = form.pages({})

    options = page.options  # type: ignore[union-attr]  # a choice

    assert [int(one.id) for one in options] == given
    assert options[-1].line == f"{(10000 - fee) / 100:.2f} goes back"
    assert pages.deed_of("fee", filled(form, str(given[1])), TODAY) == TakeFee(given[1])


@pytest.mark.rule("L07")
@pytest.mark.rule("L09")
@pytest.mark.parametrize(
    ("deed", "form", "answers", "meant"),
    [
        ("describe", pages.DESCRIBES, ["a red umbrella"], Describe("a red umbrella")),
        ("differs", pages.DIFFERS, ["The bag looks different"], Match(False, "The bag looks different")),
        ("differs", pages.DIFFERS, ["other", "a suitcase"], Match(False, "a suitcase")),
        ("hold-back", pages.HOLDS_BACK, ["The shopper is gone"], HoldBack("The shopper is gone")),
        ("withdraw", pages.WITHDRAWS, ["found", "P7.2"], Withdraw("The tag is found", tag_found=True)),
        ("withdraw", pages.WITHDRAWS, ["other", "a taxi waits"], Withdraw("a taxi waits")),
        ("hand-over", pages.HANDS_OVER, ["at the desk"], HandOver("at the desk")),
        ("hand-over", pages.HANDS_OVER, ["none"], HandOver()),
        ("hand-over", pages.HANDS_OVER, ["other", "drawer 2"], HandOver("drawer 2")),
        ("file", pages.files(gone_through(9)), ["A-0193"], FileAway("A-0193")),
    ],
)
def test_what_was_told_is_the_deed_of_the_procedure(deed: str, form: Form, answers: list[str], meant: Deed) -> None:
    assert pages.deed_of(deed, filled(form, *answers), TODAY) == meant


def test_the_fee_of_one_who_gave_up_goes_to_the_cash_office_or_back() -> None:
    form = pages.files(replace(gone_through(5), step=Step.WITHDRAWN))

    assert pages.deed_of("file", filled(form, "back"), TODAY) == FileAway("given back to the shopper")
    assert pages.deed_of("file", filled(form, "office", "A-7"), TODAY) == FileAway("A-7")


def test_a_deed_that_asks_nothing_is_none_of_these() -> None:
    assert isinstance(pages.deed_of("sing", {}, date(2026, 11, 23)), Refused)
