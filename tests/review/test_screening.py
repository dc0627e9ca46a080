"""Sittings at the screening desk: what is read, what is kept, and what nobody sees."""

import datetime
import itertools
from pathlib import Path

import pytest

from evidermis.evidence.errors import BadInput
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.bundle import write_starter
from evidermis.review.folder.checking import check
from evidermis.review.folder.loading import load
from evidermis.review.records.keeping import import_files
from evidermis.review.running import publish_again, publish_review
from evidermis.review.screening.candidates import Desk, desk_of
from evidermis.review.screening.flow import told_flow
from evidermis.review.screening.sitting import Sitting
from evidermis.screening.decisions import Answer, Stage
from records import file_of

DAY = datetime.date(2026, 11, 23)
A, B = "human:A.Reader", "human:B.Reader"
_TICKS = itertools.count()


def clock() -> datetime.datetime:
    return datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=next(_TICKS))


def review_of(folder: Path, numbers: range, people: int = 1, stop: str = "hypergeometric") -> Path:
    review = folder / "review"
    write_starter(review, DAY.isoformat())
    with (review / "review.toml").open("a", encoding="utf-8") as text:
        text.write(f'\n[screening]\npeople = {people}\nstop = "{stop}"\nreasons = ["not in people", "other"]\n')
    add(review, numbers)
    return review


def add(review: Path, numbers: range) -> None:
    import_files(review, [file_of(review.parent / f"{numbers.start}.ris", list(numbers))], DAY)


def sat(review: Path, who: str = A, stage: Stage = "title-abstract", **settings: bool) -> Sitting:
    return Sitting(desk_of(review), who, stage, clock, **settings)


def decide_all(sitting: Sitting, answers: str = "ie") -> int:
    said: dict[str, Answer] = {"i": "include", "e": "exclude"}
    count = 0
    while (waiting := sitting.current()) is not None:
        sitting.decide(waiting.candidate, said[answers[count % len(answers)]], "other")
        count += 1
    return count


def states(desk: Desk, stage: Stage = "title-abstract") -> list[str]:
    return [desk.project.outcome(one, stage).state for one in desk.project.candidates]


def test_what_was_decided_stands_when_the_desk_is_laid_out_again(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(8))
    sitting = sat(review)
    first = sitting.current()
    assert first is not None
    sitting.decide(first.candidate, "include")
    assert desk_of(review).project.outcome(first.candidate, "title-abstract").state == "include"
    assert len(sat(review)) == 7


def test_a_review_screened_to_the_end_tells_its_flow(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(6))
    assert decide_all(sat(review)) == 6
    assert decide_all(sat(review, stage="full-text"), "iie") == 3
    desk = desk_of(review)
    numbers = desk.project.numbers()
    flow = numbers.flow(desk.included_studies())
    assert flow is not None
    assert (flow.identified, flow.screened, flow.excluded, flow.assessed, flow.included_reports) == (6, 6, 3, 3, 2)
    assert [(one.reason, one.n) for one in flow.exclusions] == [("other", 1)]


def test_duplicates_are_read_once(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(5))
    import_files(review, [file_of(tmp_path / "copy.bib", list(range(5)), "bibtex")], DAY)
    assert len(sat(review)) == 5


def test_people_are_shown_nothing_of_one_another(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(5), people=2)
    decide_all(sat(review, A))
    other = sat(review, B)
    waiting = other.current()
    assert waiting is not None and waiting.said == () and len(other) == 5


def test_a_conflict_is_shown_with_both_answers_and_settled(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(1), people=2)
    decide_all(sat(review, A), "i")
    decide_all(sat(review, B), "e")
    settling = sat(review, "human:C", settling=True)
    waiting = settling.current()
    assert waiting is not None and {one.answer for one in waiting.said} == {"include", "exclude"}
    settling.decide(waiting.candidate, "exclude", "other")
    assert states(desk_of(review)) == ["exclude"]


def test_taking_back_brings_the_record_back_even_after_a_restart(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(4))
    sitting = sat(review)
    waiting = sitting.current()
    assert waiting is not None
    sitting.decide(waiting.candidate, "exclude")
    again = sat(review)
    assert again.undo() == waiting.candidate
    shown = again.current()
    assert shown is not None and shown.candidate == waiting.candidate
    assert states(desk_of(review)) == ["open"] * 4


def test_the_same_record_is_shown_until_it_is_decided(tmp_path: Path) -> None:
    sitting = sat(review_of(tmp_path, range(9)))
    assert sitting.current() == sitting.current()


def test_what_is_put_off_comes_last(tmp_path: Path) -> None:
    sitting = sat(review_of(tmp_path, range(3)))
    first = sitting.current()
    assert first is not None
    sitting.later(first.candidate)
    seen = []
    while (waiting := sitting.current()) is not None:
        seen.append(waiting.candidate)
        sitting.decide(waiting.candidate, "include")
    assert seen[-1] == first.candidate and len(seen) == 3


def test_what_came_since_the_last_visit_is_told(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(3))
    decide_all(sat(review))
    add(review, range(10, 14))
    sitting = sat(review, only_new=True)
    waiting = sitting.current()
    assert waiting is not None and waiting.is_new and len(sitting) == 4
    # That visit has seen them.
    again = sat(review).current()
    assert again is not None and not again.is_new


def test_the_rule_looks_only_at_what_was_read_since_records_joined(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(3))
    decide_all(sat(review))
    assert sat(review).progress().stop.stop
    add(review, range(10, 14))
    assert not sat(review).progress().stop.stop


def test_the_rest_is_left_out_only_where_the_rule_says_stop(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(6), stop="budget:4")
    sitting = sat(review)
    with pytest.raises(BadInput, match="does not say stop"):
        sitting.leave_rest_out()
    for _ in range(4):
        waiting = sitting.current()
        assert waiting is not None
        sitting.decide(waiting.candidate, "exclude")
    assert sitting.leave_rest_out() == 2
    assert sorted(states(desk_of(review))) == ["automation"] * 2 + ["exclude"] * 4
    assert check(review, bundled_vocabulary(), DAY) == []


def test_a_list_that_was_changed_is_refused(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(2), stop="budget:1")
    sitting = sat(review)
    waiting = sitting.current()
    assert waiting is not None
    sitting.decide(waiting.candidate, "exclude")
    sitting.leave_rest_out()
    next((review / "screening").glob("*.txt")).write_text("other\n")
    assert "changed" in str(check(review, bundled_vocabulary(), DAY)[0])


def test_nothing_is_written_where_a_reason_is_missing(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(1))
    decide_all(sat(review), "i")
    before = (review / "judgements.jsonl").read_bytes()
    sitting = sat(review, stage="full-text")
    waiting = sitting.current()
    assert waiting is not None
    with pytest.raises(BadInput, match="reason"):
        sitting.decide(waiting.candidate, "exclude")
    assert (review / "judgements.jsonl").read_bytes() == before


def test_a_line_that_a_power_cut_broke_off_harms_no_later_one(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(2))
    (review / "judgements.jsonl").write_bytes(b"")
    decide_all(sat(review), "i")
    whole = (review / "judgements.jsonl").read_bytes()
    (review / "judgements.jsonl").write_bytes(whole.rstrip(b"\n"))
    sitting = sat(review)
    assert sitting.undo() is not None
    assert len(load(review).judgements) == 3


def test_somebody_must_sign(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="names no person"):
        sat(review_of(tmp_path, range(1)), "human:")


def test_the_flow_of_the_folder_counts_what_a_rule_left_out(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(6), stop="budget:4")
    sitting = sat(review)
    for _ in range(4):
        waiting = sitting.current()
        assert waiting is not None
        sitting.decide(waiting.candidate, "exclude")
    sitting.leave_rest_out()
    flow, faults = told_flow(review, load(review))
    assert flow is not None and faults == ()
    assert (flow.automation, flow.screened, flow.excluded) == (2, flow.identified - 2, 4)


def test_no_flow_is_told_while_one_of_two_people_is_missing(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(2), people=2)
    decide_all(sat(review, A), "e")
    assert told_flow(review, load(review))[0] is None


def test_a_version_with_what_a_rule_left_out_can_be_published_again(tmp_path: Path) -> None:
    review = review_of(tmp_path, range(2), stop="budget:1")
    sitting = sat(review)
    waiting = sitting.current()
    assert waiting is not None
    sitting.decide(waiting.candidate, "exclude")
    sitting.leave_rest_out()
    publish_review(review, DAY)
    assert publish_again(review, DAY.isoformat()).is_same
