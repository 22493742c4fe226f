"""A form that is filled in, whatever somebody does with it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.forms.filling import Filling, opened
from kiosk.rules.forms.flow import Act, Answers, Back, Chose, Given, Next, Read, Wrote
from kiosk.rules.forms.form import problem, problems
from kiosk.rules.writing.writing import Backspace, Candidate, Cleared, Key, Layer, LayerAsked, Letter, MoreCandidates
from tests.depth import examples
from tests.rules.forms.forms import AT_ONCE, FORM

KEYS: tuple[Key, ...] = (
    *(Letter(sign) for sign in "a2 '李\x00"), Backspace(), Cleared(), LayerAsked(Layer.CAPITALS),
    LayerAsked(Layer.PINYIN), MoreCandidates(), Candidate("李", 1),
)  # fmt: skip
ACTS: tuple[Act, ...] = (
    Next(), Back(), Chose("umbrella"), Chose("pushchair"), Chose("boat"), Read("12"), Read("8" * 4096), Read("x\x00"),
    *(Wrote(key) for key in KEYS),
)  # fmt: skip


def acted(filling: Filling, *acts: Act) -> tuple[Filling, Given | None]:
    given = None
    for act in acts:
        turn = filling.after(act)
        assert isinstance(turn.flow, Filling)
        filling, given = turn.flow, turn.given
    return filling, given


def written(text: str) -> tuple[Act, ...]:
    return tuple(Wrote(Letter(sign)) for sign in text)


def at_name() -> Filling:
    return acted(opened(FORM, chinese=False), Next(), Chose("umbrella"), *written("2"), Next())[0]


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(ACTS), max_size=60), st.booleans())
def test_whatever_is_done_only_good_answers_are_kept_and_a_whole_form_is_given_once(
    acts: list[Act], chinese: bool
) -> None:
    filling = opened(FORM, chinese=chinese)
    gave = 0
    for act in acts:
        turn = filling.after(act)
        if turn.flow is None:
            assert (act, filling.at) == (Back(), 0)
            return
        assert isinstance(turn.flow, Filling)
        filling = turn.flow
        answered = dict(filling.answers)
        pages = filling.pages[: len(answered)]
        assert [page.id for page in pages] == list(answered)
        assert not any(problem(page, answered[page.id]) for page in pages)
        assert 0 <= filling.at < filling.steps or filling.sent
        hash(filling)
        if turn.given is not None:
            gave += 1
            assert problems(FORM, dict(turn.given.answers)) == {}
    assert gave <= 1


def test_it_goes_through_its_pages_and_is_given_after_it_was_looked_at() -> None:
    filling, given = acted(at_name(), *written("wang"), Next())
    assert filling.page == "loan.review"
    assert given is None

    filling, given = acted(filling, Next())

    expected: Answers = (("read", "yes"), ("thing", "umbrella"), ("many", "2"), ("name", "wang"))
    assert given == Given("loan", expected)
    assert filling.page == "loan.sent"
    assert acted(filling, Next(), Back(), Chose("umbrella")) == (filling, None)


def test_a_form_that_is_not_looked_at_again_is_given_by_one_touch() -> None:
    _, given = acted(opened(AT_ONCE, chinese=True), Chose("umbrella"))

    assert given == Given("rating", (("thing", "umbrella"),))


def test_what_is_wrong_is_said_until_something_is_written() -> None:
    filling, _ = acted(opened(FORM, chinese=False), Next(), Chose("umbrella"), *written("3"), Next())
    assert filling.page == "loan.many"
    assert filling.wrong == "Please write an even number"

    filling, _ = acted(filling, Wrote(Backspace()))

    assert filling.wrong == ""


def test_back_shows_what_was_written_and_forgets_the_answer() -> None:
    filling, _ = acted(at_name(), Back())

    assert filling.page == "loan.many"
    assert filling.written is not None
    assert filling.written.text == "2"
    assert "many" not in dict(filling.answers)


def test_back_from_the_first_page_ends_it() -> None:
    assert opened(FORM, chinese=True).after(Back()).flow is None


def test_a_page_that_an_answer_asks_for_comes_and_goes_with_it() -> None:
    filling, _ = acted(opened(FORM, chinese=False), Next(), Chose("umbrella"), *written("12"), Next())
    assert filling.page == "loan.why"

    filling, _ = acted(filling, Back(), Wrote(Backspace()), Wrote(Backspace()), *written("2"), Next())

    assert filling.page == "loan.name"


def test_letters_that_wait_count_as_they_stand() -> None:
    filling, _ = acted(opened(FORM, chinese=True), Next(), Chose("umbrella"), *written("2"), Next(), *written("li"))
    assert filling.written is not None
    assert (filling.written.text, filling.written.letters) == ("", "li")

    filling, _ = acted(filling, Next())

    assert dict(filling.answers)["name"] == "li"


def test_a_scanner_writes_where_digits_or_letters_are_asked_for_and_nowhere_else() -> None:
    asked, _ = acted(opened(FORM, chinese=True), Next(), Chose("umbrella"))
    assert asked.writes
    filling, _ = acted(asked, *written("9"), Read(" 124\r\n"))
    assert filling.written is not None
    assert filling.written.text == "124"

    named = at_name()
    assert not named.writes
    assert acted(named, Read("124"))[0] == named
    assert not opened(FORM, chinese=True).writes
