"""Whatever way a folder came to hold what it holds, it says the same; and what it said on the way can be said again."""

import datetime
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.bundle import write_starter
from evidermis.review.folder.checking import checked
from evidermis.review.living.comparing import now
from evidermis.review.records.keeping import import_files
from evidermis.review.running import publish_again, publish_review
from records import file_of

DAY = datetime.date(2026, 1, 5)
NAMES = ("one", "two", "three")
STUDY = """
id = "{name}"
label = "{name} 2020"
title = "A trial called {name}"
design = "randomised-within-person"
reports = [{{ record = "{name}", role = "article" }}]
population = {{ code = "facial-hyperpigmentation" }}
people = {{ randomised = {n}, analysed = {n}, sides = {sides}, unit = "half face" }}
locators = [{{ id = "abstract", record = "{name}", reading = "primary" }}]
arms = [
  {{ id = "treated", label = "serum", source = "human-adipose", route = "leave-on", with_ = "none" }},
  {{ id = "control", label = "vehicle", comparator = "vehicle-or-placebo" }},
]
[[findings]]
id = "spots"
outcome = "pigment"
contrast = {{ of = "treated", against = "control" }}
direction = "benefit"
at = ["abstract"]
measure = "MD"
estimate = {{ value = {mean}, unit = "points" }}
se = 0.4
"""
# What can happen to each thing; the last that happened to it is what counts.
KINDS = {"study": ("add", "remove"), "notice": ("retracted", "none"), "import": ("import",), "judge": ("judge",)}
EVENTS = [(kind, what, name) for kind, whats in KINDS.items() for what in whats for name in NAMES]
Event = tuple[str, str, str]


class Folder:
    """A review folder to which things happen."""

    def __init__(self, path: Path) -> None:
        self.path, self._notices = path, dict[str, str]()
        write_starter(path, DAY.isoformat())
        for old in (path / "studies").glob("*.toml"):
            old.unlink()
        records = "".join(
            f'[[records]]\nid = "{n}"\ntitle = "About {n}"\nyear = 2020\ndoi = "10.5555/{n}"\n' for n in NAMES
        )
        (path / "records" / "curated.toml").write_text(records, encoding="utf-8")

    def happens(self, event: Event) -> None:
        kind, what, name = event
        at = NAMES.index(name)
        study = self.path / "studies" / f"{name}.toml"
        if what == "add":
            study.write_text(
                STUDY.format(name=name, n=20 + at, sides=40 + 2 * at, mean=0.9 + 0.4 * at), encoding="utf-8"
            )
        elif what == "remove":
            study.unlink(missing_ok=True)
        elif kind == "notice":
            self._notices[name] = what
            rows = "".join(
                f"10.5555/{one},Retraction\n" for one, state in self._notices.items() if state == "retracted"
            )
            (self.path / "notices.csv").write_text(f"doi,nature\n{rows}", encoding="utf-8")
        elif kind == "import":
            with tempfile.TemporaryDirectory() as scratch:
                file = file_of(Path(scratch) / f"{name}.ris", list(range(2 * at, 2 * at + 3)))
                import_files(self.path, [file], DAY)
        else:
            self._judged(name, at)

    def _judged(self, name: str, at: int) -> None:
        line = {
            "id": f"j-{name}",
            "about": "certainty:dark-spots",
            "decision": "low",
            "author": "human:A",
            "reason": name,
        }
        log = self.path / "judgements.jsonl"
        told = json.dumps({**line, "time": f"2026-01-0{at + 1}T10:00:00Z"}) + "\n"
        if told not in (log.read_text(encoding="utf-8") if log.exists() else ""):
            with log.open("a", encoding="utf-8") as lines:
                lines.write(told)

    @property
    def snapshot(self) -> bytes:
        return now(self.path, checked(self.path, bundled_vocabulary(), DAY)).snapshot.content


def went(path: Path, events: list[Event]) -> Folder:
    folder = Folder(path)
    for event in events:
        folder.happens(event)
    return folder


HISTORIES = st.lists(st.sampled_from(EVENTS), min_size=1, max_size=10)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(HISTORIES, HISTORIES, st.randoms(use_true_random=False))
def test_histories_that_end_with_the_same_sets_say_the_same(one: list[Event], more: list[Event], dice: object) -> None:
    last = {(kind, name): (kind, what, name) for kind, what, name in one}
    # The other folder lives through other things first, then through what counts, in any order; what it must never
    # have held is taken out again.
    ends = list(last.values())
    dice.shuffle(ends)  # type: ignore[attr-defined]
    before = [event for event in more if event[0] in ("study", "notice")]
    undone = {"study": "remove", "notice": "none"}
    ends = [(kind, undone[kind], name) for kind, _, name in before if (kind, name) not in last] + ends
    with tempfile.TemporaryDirectory() as scratch:
        first = went(Path(scratch) / "one" / "it", one)
        second = went(Path(scratch) / "two" / "it", [*before, *ends])
        assert first.snapshot == second.snapshot


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(HISTORIES, HISTORIES)
def test_what_was_published_on_the_way_is_made_again_to_the_byte(one: list[Event], more: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = went(Path(scratch) / "it", one)
        then = publish_review(folder.path, DAY)
        page = (then.site / "index.html").read_bytes()
        for event in more:
            folder.happens(event)
        publish_review(folder.path, DAY + datetime.timedelta(days=3))
        again = publish_again(folder.path, str(DAY + datetime.timedelta(days=1)), Path(scratch) / "then")
        assert again.is_same
        assert (again.site / "index.html").read_bytes() == page
