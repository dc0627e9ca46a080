"""*Cues*: the words by which a report gives away what it did, kept as data in `evidence/vocabulary/cues/*.toml`.

A cue says something (`code`) with some weight (`points`) when one of its phrases stands in a given part of the report.
Adding a phrase to a file changes what is read, with no code. `phrases.py` says how phrases are written.
"""

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from evidermis.evidence.errors import BadInput
from evidermis.evidence.written import written
from evidermis.reading.passages import Passage
from evidermis.reading.phrases import Hit, Matcher
from evidermis.reading.words import words

__all__ = ["Cue", "Cues", "Seen", "bundled_cue_files", "cues_from"]

Where = Literal["any", "title", "abstract", "opening", "closing", "publication type", "heading", "journal", "funding"]
# Fields that are not prose: a cue counts in them only where it names them.
_CATALOGUED = frozenset({"publication type", "heading", "journal", "funding"})

# A cue within so many words after one of these says the opposite, and is left out.
_NEGATION_REACH = 3
_NEGATIONS = words("negations")


@written
class Cue:
    """One concept with the phrases that show it.

    `code` is what it speaks for, `points` how strongly (negative: against), counted up to `most` times. It counts only in
    the part of the report that `where` names (the opening is the first two sentences of the abstract, the closing its
    last two; `publication type`, `heading`, `journal` and `funding` are what a catalogue says of it), and not at all where a cue
    named in `unless` is seen, or one named in `needs` is not. `states` marks wording that by itself names the design, so
    that its place is quoted. `negated` cues count also after "not" or "without".
    """

    code: str
    name: str = ""
    points: float = 1.0
    most: int = 1
    where: Where = "any"
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    states: bool = False
    negated: bool = False
    note: str = ""
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A cue seen at a place of a passage."""

    cue: Cue
    passage: Passage
    hit: Hit


class Cues:
    """All cues of all kinds with one matcher over them, so that a report is passed over once."""

    def __init__(self, kinds: dict[str, tuple[Cue, ...]]) -> None:
        self.kinds = kinds
        self._numbered = [(kind, cue) for kind, cues in sorted(kinds.items()) for cue in cues]
        self._matcher = Matcher([cue.phrases for _, cue in self._numbered])

    def seen(self, passages: tuple[Passage, ...]) -> dict[str, list[Seen]]:
        """What is seen, by kind, in reading order; negated hits are left out."""
        found: dict[str, list[Seen]] = {kind: [] for kind in self.kinds}
        for passage in passages:
            for hit in self._matcher.hits(passage):
                kind, cue = self._numbered[hit.cue]
                if not (_out_of_place(cue.where, passage, hit) or (not cue.negated and _is_negated(passage, hit))):
                    found[kind].append(Seen(cue, passage, hit))
        return found


def _out_of_place(where: Where, passage: Passage, hit: Hit) -> bool:
    if passage.field in _CATALOGUED or where in _CATALOGUED:
        return where != passage.field
    if where == "any":
        return False
    if where == "title" or passage.field == "title":
        return (where == "title") != (passage.field == "title")
    if where == "opening":
        return passage.sentence_of[hit.first] > 1
    if where == "closing":
        return passage.sentence_of[hit.first] < passage.sentence_of[-1] - 1
    return False


def _is_negated(passage: Passage, hit: Hit) -> bool:
    words = passage.words
    for at in range(hit.first - 1, max(-1, hit.first - 1 - _NEGATION_REACH), -1):
        if words[at] in _NEGATIONS:
            return passage.sentence_of[at] == passage.sentence_of[hit.first]
    return False


def cues_from(text: str, file: str) -> tuple[Cue, ...]:
    """The cues of one TOML text. `BadInput` names the file and entry that is not of a cue's form."""
    try:
        entries = tomllib.loads(text).get("cues", [])
        return TypeAdapter(tuple[Cue, ...]).validate_python(entries)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(str(error), file=file, mend="mend the TOML") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInput(first["msg"], file=file, place=place) from error


def bundled_cue_files() -> dict[str, tuple[Cue, ...]]:
    """The cues that come with the package, one kind a file, the kind named as the file."""
    folder = resources.files("evidermis.evidence.vocabulary") / "cues"
    files = {
        entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")
    }
    return {name.removesuffix(".toml"): cues_from(text, f"cues/{name}") for name, text in sorted(files.items())}
