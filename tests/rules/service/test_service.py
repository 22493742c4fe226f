from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.rules import service as rooms
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.found import found_in
from kiosk.rules.service.rating import MARKS
from kiosk.rules.service.rating import SERVICE as RATING
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import BY_ITSELF, Refused, Service
from tests.rules.service.services import ANSWERS, BAGS, LEAD, REPAIR, TEN, WANG, begun

ALL = found_in(rooms, "SERVICE", Service)
HOUR = timedelta(hours=1)
STAGES = ("open", "taken", "late", "closed", "gone")
WHAT_BECOMES = {
    ("take", "open"): "taken",
    ("take", "late"): "taken",
    ("note", "taken"): "taken",
    ("decide", "taken"): "closed",
    ("decide", "late"): "closed",
}


def stages_of(service: Service) -> set[str]:
    deeds = {stage for deed in service.deeds for stage in (*deed.before, deed.to) if stage}
    lapses = {stage for lapse in service.lapses for stage in (lapse.stage, lapse.to)}
    return {service.begins, *deeds, *lapses, *service.over, *service.late, *service.late.values()}


def done(deed: str, **told: str) -> Done:
    return Done(TEN + HOUR, "zhao", deed, told)


def test_a_form_begins_a_record_with_what_was_answered() -> None:
    record = begun()

    assert record == Record("repair", 0, TEN, "screen", "open", TEN, ANSWERS, due=TEN + 2 * HOUR)
    assert record.name == "repair 0"


def test_a_form_that_is_not_filled_in_begins_nothing() -> None:
    assert REPAIR.begun({"thing": "boat", "x": "y"}, "screen", TEN) == Refused(
        "phone: Please write something here; thing: Please choose one of these; x: This was not asked"
    )


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("deed", ["take", "note", "decide"])
def test_every_deed_at_every_stage_does_what_the_table_says_or_changes_nothing(deed: str, stage: str) -> None:
    record = replace(begun(), stage=stage)

    after = REPAIR.after(record, done(deed, **({"why": "burnt"} if deed == "note" else {})), LEAD)

    expected = WHAT_BECOMES.get((deed, stage))
    if expected is None:
        assert isinstance(after, Refused)
        assert after.why.startswith(f"repair 0 is {stage}: {deed} comes after ")
    else:
        assert isinstance(after, Record)
        assert after.stage == expected
        assert after.history[-1].deed == deed
        assert (after.due is None) is (expected == "closed")


def test_who_takes_it_stays_responsible() -> None:
    taken = REPAIR.after(begun(), done("take"), WANG)
    assert isinstance(taken, Record)

    closed = REPAIR.after(taken, done("decide"), LEAD)

    assert isinstance(closed, Record)
    assert taken.owner == closed.owner == "wang"


def test_what_takes_a_second_person_is_not_done_by_who_wrote_it() -> None:
    taken = replace(begun(), stage="taken", by="wang")

    assert REPAIR.after(taken, done("check"), WANG) == Refused(
        "check takes another person than wang, who wrote repair 0"
    )
    assert isinstance(REPAIR.after(taken, done("check"), LEAD), Record)


def test_a_note_leaves_it_where_it_stood_since_when_it_stood_there() -> None:
    noted = REPAIR.after(replace(begun(), stage="taken"), done("note", why="burnt"), WANG)

    assert isinstance(noted, Record)
    assert (noted.stage, noted.since) == ("taken", TEN)


def test_what_cannot_be_done_is_refused_with_who_may() -> None:
    taken = replace(begun(), stage="taken")

    assert REPAIR.after(taken, done("paint"), LEAD) == Refused("paint: repair knows take, note, decide, check")
    assert REPAIR.after(taken, done("decide"), WANG) == Refused("decide is for department-head, supervisor")
    assert REPAIR.after(taken, done("note"), WANG) == Refused("why: Please write something here")
    assert REPAIR.after(taken, done("decide", why="x"), LEAD) == Refused("why: This was not asked")
    assert RATING.after(taken, done("paint"), LEAD) == Refused("paint: rating knows no deeds")
    assert [one.id for one in REPAIR.may(taken, WANG)] == ["note", "check"]
    assert [one.id for one in REPAIR.may(taken, LEAD)] == ["note", "decide", "check"]
    assert REPAIR.may(taken, Person("x", "X", frozenset())) == ()


def test_a_package_whose_module_offers_something_else_is_told() -> None:
    with pytest.raises(TypeError, match=r"kiosk\.rules\.service\.\w+\.SERVICE is no int"):
        found_in(rooms, "SERVICE", int)


def test_what_nobody_answers_in_time_is_late_and_lapses_in_the_end() -> None:
    record = begun()
    assert REPAIR.by_itself(record, TEN + 2 * HOUR - timedelta(microseconds=1)) is None

    late = REPAIR.by_itself(record, TEN + 2 * HOUR)
    assert late is not None
    assert (late.stage, late.history[-1].by, late.history[-1].deed) == ("late", BY_ITSELF, "is late")
    assert REPAIR.by_itself(late, TEN + 5 * HOUR) is None

    gone = REPAIR.by_itself(late, TEN + 7 * HOUR)
    assert gone is not None
    assert (gone.stage, gone.due) == ("gone", None)


@pytest.mark.rule("S20")
def test_what_is_personal_is_covered_for_who_does_not_need_it() -> None:
    noted = replace(begun(), history=(done("note", why="a birthday"), done("take"), done("what was once")))

    assert REPAIR.seen_by(noted, WANG) == noted
    covered = REPAIR.seen_by(noted, BAGS)
    assert covered.answers == {"thing": "kettle", "phone": "13•••••••00"}
    assert covered.history[0].told == {"why": "a ••••••ay"}
    assert covered.history[1:] == noted.history[1:]
    assert REPAIR.is_personal(noted)
    assert not RATING.is_personal(replace(noted, answers={"mark": "5"}, history=()))


@pytest.mark.parametrize("service", ALL, ids=lambda one: one.id)
def test_every_service_of_the_house_is_made_so_that_each_of_its_records_comes_to_an_end(service: Service) -> None:
    stages = stages_of(service)
    ends = {stage for stage in stages if stage in service.over}
    leads = {(stage, deed.to) for deed in service.deeds for stage in deed.before if deed.to}
    leads |= set(service.late.items())
    leads |= {(lapse.stage, lapse.to) for lapse in service.lapses}
    reach_an_end = set(ends)
    for _ in stages:
        reach_an_end |= {one for one, to in leads if to in reach_an_end}

    assert ends
    assert stages == reach_an_end
    assert not any(deed.before & service.over for deed in service.deeds)
    assert service.begins not in service.over or not service.deeds
    assert len({deed.id for deed in service.deeds}) == len(service.deeds)
    assert service.form.service == service.id
    assert all(deed.rights for deed in service.deeds)


@pytest.mark.parametrize("service", ALL, ids=lambda one: one.id)
@pytest.mark.rule("S20")
def test_no_service_keeps_what_is_personal_for_longer_than_two_years(service: Service) -> None:
    assert 1 <= service.keep_days <= 800
    assert service.knows <= frozenset(Right)


@pytest.mark.rule("S19")
def test_a_rating_is_one_touch_and_tells_nobody() -> None:
    record = RATING.begun({"mark": "4"}, "screen", TEN)

    assert isinstance(record, Record)
    assert record.stage in RATING.over
    assert RATING.objects(record, (record,)) is None
    assert [mark.id for mark in MARKS] == ["5", "4", "3", "2", "1"]
    assert len(RATING.form.pages({})) == 1


@pytest.mark.parametrize("service", ALL, ids=lambda one: one.id)
def test_every_form_of_the_house_goes_through_a_pipe_to_the_process_of_the_screen(service: Service) -> None:
    for form in (service.form, *(deed.asks for deed in service.deeds if deed.asks is not None)):
        told = pickle.loads(pickle.dumps(form))

        assert told == form
        assert told.pages({}) == form.pages({})
