from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.rules.broadcast.page_check import LONGEST_NAME, Accepted, Fault, Refused, check
from kiosk.rules.broadcast.page_titles import DEPARTMENT_ENDS, DEPARTMENTS, ENGLISH_TITLES, TITLES, WHOLE_DEPARTMENTS
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom, called, wording
from kiosk.rules.speech.normaliser import normalise
from kiosk.units import LANGUAGES, Language, ZoneId
from tests.rules.broadcast.page_names import ADDRESSED, GOOD, GOOD_LATIN, OF_DEPARTMENTS, TITLED, TITLED_LATIN

MAINLAND, TAIWAN, ENGLISH = LANGUAGES
GUEST = PageRequest(Whom.GUEST, Title.MR, "王小明")
STAFF = PageRequest(Whom.STAFF, Title.MR, "王小明")


def refused(request: PageRequest) -> Refused:
    verdict = check(request)
    assert isinstance(verdict, Refused), verdict
    return verdict


@pytest.mark.rule("B11")
@pytest.mark.parametrize(
    ("title", "language", "name", "expected"),
    [
        (Title.MR, MAINLAND, "王小明", "来宾王小明先生"),
        (Title.MS, MAINLAND, "李娜", "来宾李娜小姐"),
        (Title.MR, TAIWAN, "陳大文", "來賓陳大文先生"),
        (Title.MS, TAIWAN, "林美玲", "來賓林美玲小姐"),
        (Title.MR, ENGLISH, "Wang", "Guest Mr Wang"),
        (Title.MS, ENGLISH, "Li Na", "Guest Ms Li Na"),
    ],
)
def test_a_guest_is_called_as_the_store_calls_guests(
    title: Title, language: Language, name: str, expected: str
) -> None:
    assert called(PageRequest(Whom.GUEST, title, name, language=language)) == expected


@pytest.mark.rule("B12")
@pytest.mark.parametrize(
    ("title", "language", "name", "expected"),
    [
        (Title.MR, MAINLAND, "王小明", "本公司王小明先生"),
        (Title.MS, MAINLAND, "李娜", "本公司李娜小姐"),
        (Title.MR, TAIWAN, "陳大文", "本公司陳大文先生"),
        (Title.MS, ENGLISH, "Li", "Ms Li of our staff"),
    ],
)
def test_staff_are_called_by_name(title: Title, language: Language, name: str, expected: str) -> None:
    assert called(PageRequest(Whom.STAFF, title, name, language=language)) == expected


@pytest.mark.rule("B11")
def test_a_page_says_everything_twice_and_thanks() -> None:
    assert wording(GUEST) == "来宾王小明先生，请您到总服务台。来宾王小明先生，请您到总服务台。谢谢。"


@pytest.mark.rule("B11")
def test_the_store_chooses_how_often_a_page_is_said() -> None:
    assert wording(replace(GUEST, times=1)) == "来宾王小明先生，请您到总服务台。谢谢。"
    assert wording(replace(GUEST, times=3)).count("王小明") == 3


@pytest.mark.rule("B11")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reason": Reason.FRIEND, "place": "一楼东门"}, "来宾王小明先生，您的朋友正在等您，请您到一楼东门。谢谢。"),
        ({"reason": Reason.CALL}, "来宾王小明先生，有您的电话，请您到总服务台回电。谢谢。"),
        ({"reason": Reason.CHILD}, "来宾王小明先生，您的孩子正在总服务台等您，请您马上前往。谢谢。"),
        ({"reason": Reason.PROPERTY}, "来宾王小明先生，请您到总服务台，领取您遗失的物品。谢谢。"),
        (
            {"reason": Reason.VEHICLE, "plate": "京A·12345"},
            "来宾王小明先生，请您尽快移动您的车辆，车牌号京A·12345。谢谢。",
        ),
        (
            {"reason": Reason.VEHICLE, "plate": "京A·12345", "place": "B1停车场"},
            "来宾王小明先生，请您到B1停车场，移动您的车辆，车牌号京A·12345。谢谢。",
        ),
        (
            {"reason": Reason.VEHICLE, "plate": "京A·12345", "name": ""},
            "车牌号京A·12345的车主，请您尽快移动您的车辆。谢谢。",
        ),
        (
            {"language": TAIWAN, "reason": Reason.CALL, "name": "陳大文"},
            "來賓陳大文先生，有您的電話，請您到總服務台回電。謝謝。",
        ),
        (
            {"language": ENGLISH, "reason": Reason.FRIEND, "name": "Wang"},
            "Guest Mr Wang, your friend is waiting for you. Please come to the main service desk. Thank you.",
        ),
        ({"whom": Whom.STAFF}, "本公司王小明先生，请与总服务台联系。谢谢。"),
        ({"whom": Whom.STAFF, "reason": Reason.FRIEND}, "本公司王小明先生，有来宾正在等您，请您到总服务台。谢谢。"),
    ],
)
def test_a_page_says_why_and_where_to(changes: dict[str, object], expected: str) -> None:
    assert wording(replace(GUEST, times=1, **changes)) == expected  # type: ignore[arg-type]


@pytest.mark.rule("B11")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whom", Whom)
@pytest.mark.parametrize("reason", [None, *Reason])
@pytest.mark.parametrize("there", [False, True])
def test_every_page_can_be_worded_and_said(whom: Whom, reason: Reason | None, there: bool, language: Language) -> None:
    place = {False: "", True: "gate 12" if language == ENGLISH else "A区12号柜台"}[there]
    plate = "粤B·D12345" if reason is Reason.VEHICLE else ""
    request = PageRequest(whom, Title.MS, "Li", reason, place, language, plate)

    said = normalise(wording(request), language=language)

    assert isinstance(check(request), Accepted)
    assert "{" not in wording(request)
    assert said.lost == ()
    assert len(said.pinyin()) > 20


@pytest.mark.rule("B11")
def test_a_plate_is_read_letter_by_letter_and_digit_by_digit() -> None:
    request = replace(GUEST, reason=Reason.VEHICLE, plate="粤B·D12315", times=1)

    assert "车牌号粤B、D幺二三幺五" in normalise(wording(request)).text


@pytest.mark.rule("B11")
def test_the_surname_of_a_page_is_read_as_a_surname() -> None:
    assert "lai2 bin1 shan4 xiao3 ming2" in normalise(wording(replace(GUEST, name="单小明"))).pinyin()
    assert "ben3 gong1 si1 ou1 xian1 sheng5" in normalise(wording(replace(STAFF, name="区"))).pinyin()


@pytest.mark.rule("B12")
@pytest.mark.parametrize("whom", Whom)
@pytest.mark.parametrize("name", [*GOOD, *GOOD_LATIN])
def test_a_name_that_looks_like_a_title_is_still_a_name(name: str, whom: Whom) -> None:
    verdict = check(PageRequest(whom, Title.MR, name))

    assert isinstance(verdict, Accepted), verdict
    assert check(verdict.request) == verdict


@pytest.mark.rule("B12")
@pytest.mark.parametrize(
    ("typed", "left", "fault"),
    [
        *((typed, left, Fault.TITLE) for typed, left in TITLED),
        *((typed, left, Fault.DEPARTMENT) for typed, left in OF_DEPARTMENTS),
        *((typed, left, Fault.ADDRESS) for typed, left in ADDRESSED),
    ],
)
def test_staff_with_a_title_are_refused_and_the_right_form_is_told(typed: str, left: str, fault: Fault) -> None:
    verdict = refused(replace(STAFF, name=typed))

    assert verdict.fault is fault
    assert verdict.field == "name"
    assert verdict.say == f"本公司{left or '×××'}先生"
    assert verdict.say in verdict.why
    assert verdict.mended == (replace(STAFF, name=left) if left else None)


@pytest.mark.rule("B12")
@pytest.mark.parametrize(("typed", "left"), TITLED_LATIN)
def test_english_titles_are_refused_too(typed: str, left: str) -> None:
    verdict = refused(PageRequest(Whom.STAFF, Title.MS, typed, language=ENGLISH))

    assert verdict.say == f"Ms {left or 'Wang'} of our staff"


@pytest.mark.rule("B12")
@pytest.mark.parametrize(
    "title", sorted({*TITLES.split(), "經理", "主任", "課長", "科長", "店長", "部長", "組長", "總監"})
)
def test_every_title_of_the_list_is_refused_alone_and_with_a_surname(title: str) -> None:
    assert refused(replace(STAFF, name=title)).fault is Fault.TITLE
    assert refused(replace(STAFF, name=f"王{title}")).mended == replace(STAFF, name="王")


@pytest.mark.rule("B12")
@pytest.mark.parametrize("surname", ["王", "董", "顾", "高", "安", "童", "黄", "商", "单", "区", "欧阳", "司空"])
def test_whatever_stands_behind_a_surname_the_right_form_holds_the_surname(surname: str) -> None:
    departments = [f"{name}{end}" for name in DEPARTMENTS.split() for end in DEPARTMENT_ENDS.split()]
    for behind in (*TITLES.split(), *departments, *WHOLE_DEPARTMENTS.split(), "采购部经理", "女装部组长"):
        refused = check(PageRequest(Whom.STAFF, Title.MS, surname + behind))

        assert isinstance(refused, Refused), surname + behind
        assert refused.say == f"本公司{surname}小姐", surname + behind


@pytest.mark.rule("B12")
def test_the_list_of_titles_is_a_real_one() -> None:
    assert len(set(TITLES.split())) >= 60
    assert "manager" in ENGLISH_TITLES
    assert len(GOOD) >= 60
    assert len(TITLED) + len(OF_DEPARTMENTS) >= 60


@pytest.mark.rule("B11")
def test_a_guest_with_a_title_is_addressed_as_a_guest() -> None:
    verdict = refused(replace(GUEST, name="王经理"))

    assert verdict.say == "来宾王先生"
    assert verdict.why == "guests are called by their name, never by a title; say 来宾王先生"


@pytest.mark.rule("B11")
@pytest.mark.parametrize(
    ("name", "fault", "mended"),
    [
        ("", Fault.EMPTY, None),
        ("   ", Fault.EMPTY, None),
        ("··", Fault.EMPTY, None),
        ("王" * 31, Fault.TOO_LONG, None),
        ("王" * 60, Fault.TOO_LONG, None),
        ("王3", Fault.DIGITS, "王"),
        ("王３明", Fault.DIGITS, "王明"),
        ("王Ⅲ", Fault.DIGITS, "王"),
        ("<b>王明</b>", Fault.MARKUP, "王明"),
        ("王&明", Fault.MARKUP, "王明"),
        ("王☺明", Fault.EMOJI, "王明"),
        ("王👩‍👧明", Fault.EMOJI, "王明"),
        ("王\x07明", Fault.CONTROL, "王明"),
        ("王\u202e明", Fault.CONTROL, "王明"),
        ("王\n明", Fault.CONTROL, "王明"),
        ("王明！", Fault.MARKS, "王明"),
        ("王3经理", Fault.DIGITS, "王"),
        ("王Tom", Fault.MIXED_SCRIPTS, None),
        ("Tom王", Fault.MIXED_SCRIPTS, None),
        ("やまだ", Fault.SCRIPT, None),
        ("Иван", Fault.SCRIPT, None),
        ("김민수", Fault.SCRIPT, None),
    ],
)
def test_a_name_that_cannot_be_said_is_refused_with_a_reason(name: str, fault: Fault, mended: str | None) -> None:
    verdict = refused(replace(GUEST, name=name))

    assert verdict.fault is fault
    assert verdict.why
    assert verdict.mended == (None if mended is None else replace(GUEST, name=mended))


@pytest.mark.rule("B11")
@pytest.mark.parametrize(
    ("changes", "fault", "field"),
    [
        ({"reason": Reason.VEHICLE}, Fault.PLATE, "plate"),
        ({"reason": Reason.VEHICLE, "plate": "12345"}, Fault.PLATE, "plate"),
        ({"reason": Reason.VEHICLE, "plate": "京A"}, Fault.PLATE, "plate"),
        ({"reason": Reason.VEHICLE, "plate": "京A<b>1"}, Fault.PLATE, "plate"),
        ({"plate": "京A12345"}, Fault.PLATE, "plate"),
        ({"reason": Reason.VEHICLE, "plate": "京A12345", "name": "", "whom": Whom.STAFF}, Fault.EMPTY, "name"),
        ({"place": "<b>"}, Fault.PLACE, "place"),
        ({"place": "东" * 41}, Fault.PLACE, "place"),
        ({"place": "ここ"}, Fault.PLACE, "place"),
        ({"place": "东门☺"}, Fault.PLACE, "place"),
        ({"language": Language("fr")}, Fault.LANGUAGE, "language"),
        ({"language": ENGLISH}, Fault.LANGUAGE, "name"),
        ({"language": ENGLISH, "name": "Wang", "place": "东门"}, Fault.LANGUAGE, "place"),
        ({"times": 0}, Fault.TIMES, "times"),
        ({"times": 6}, Fault.TIMES, "times"),
        ({"zones": (ZoneId("roof"),)}, Fault.ZONE, "zones"),
    ],
)
def test_each_part_of_a_page_is_checked(changes: dict[str, object], fault: Fault, field: str) -> None:
    verdict = check(replace(GUEST, **changes), zones=[ZoneId("floor-1")])  # type: ignore[arg-type]

    assert isinstance(verdict, Refused)
    assert (verdict.fault, verdict.field) == (fault, field)


@pytest.mark.rule("B11")
@pytest.mark.parametrize(
    "plate", ["京A·12345", "京A12345", "京a12345", "粤B D12345", "沪AF02361", "川A8B6Z挂", "ABC-1234", "1234-AB"]
)
def test_plates_of_every_kind_are_known(plate: str) -> None:
    verdict = check(replace(GUEST, reason=Reason.VEHICLE, plate=plate))

    assert isinstance(verdict, Accepted)


def test_a_driver_may_be_called_by_the_plate_alone() -> None:
    assert isinstance(check(replace(GUEST, name="", reason=Reason.VEHICLE, plate="京A12345")), Accepted)


def test_a_name_without_a_voice_is_refused() -> None:
    verdict = check(replace(GUEST, name="王㐀"), unsayable="㐀")

    assert isinstance(verdict, Refused)
    assert verdict.fault is Fault.UNSAYABLE
    assert verdict.why == "no voice can say 㐀; write it otherwise; say 来宾王先生"
    assert verdict.mended == replace(GUEST, name="王")
    assert isinstance(check(replace(GUEST, place="㐀门"), unsayable="㐀"), Refused)


@pytest.mark.parametrize(
    ("name", "say"), [("欧阳㐀", "来宾欧阳先生"), ("王㐀明", "来宾王先生"), ("㐀明", "来宾×××先生")]
)
def test_where_the_voice_lacks_a_character_the_surname_alone_is_suggested(name: str, say: str) -> None:
    verdict = check(replace(GUEST, name=name), unsayable="㐀")

    assert isinstance(verdict, Refused)
    assert verdict.say == say


def test_what_is_typed_is_tidied() -> None:
    verdict = check(replace(GUEST, name="  王  小明 ", place=" 1F 东门 "))

    assert verdict == Accepted(replace(GUEST, name="王小明", place="1F 东门"))


PAGES = st.builds(
    PageRequest,
    st.sampled_from(Whom),
    st.sampled_from(Title),
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from([*TITLES.split(), *GOOD, "王", " ", "3", "部", "总", "先生", "Mr "]), max_size=5).map(
            "".join
        ),
    ),
    st.sampled_from([None, *Reason]),
    st.text(max_size=45),
    st.sampled_from([*LANGUAGES, Language("fr")]),
    st.sampled_from(["", "京A12345", "x", "粤B·D12345"]),
    st.just(()),
    st.integers(-1, 7),
)


@pytest.mark.rule("B12")
@example(PageRequest(Whom.STAFF, Title.MR, "助理" * 14 + "王总x"))
@given(PAGES)
def test_any_request_is_accepted_or_refused_and_a_suggestion_is_acceptable(request: PageRequest) -> None:
    verdict = check(request)

    match verdict:
        case Accepted(accepted):
            assert len(accepted.name) <= LONGEST_NAME
            assert check(accepted) == verdict
            assert wording(accepted)
        case Refused(_, field, why, say, mended):
            assert field
            assert why
            assert mended is None or check(mended) == Accepted(mended)
            assert "{" not in say
    assert isinstance(wording(request), str)
