"""*Cues*: the words by which a report gives away what it did, kept as data in `evidence/vocabulary/cues/*.toml`.

A cue says something (`code`) with some weight (`points`) when one of its phrases stands in a given part of the report.
Adding a phrase to a file changes what is read, with no code. `phrases.py` says how phrases are written.
"""

import tomllib
from importlib import resources
from typing import Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from evidermis.evidence.errors import BadInput
from evidermis.evidence.written import written
from evidermis.reading.text.passages import Passage, Quote
from evidermis.reading.text.phrases import Matcher
from evidermis.reading.text.words import words

__all__ = ["Cue", "Cues", "Seen", "bundled_cue_files", "cues_from"]

Where = Literal[
    "any", "title", "abstract", "opening", "closing", "publication type", "heading", "journal", "funding", "affiliation"
]
# Fields that are not prose: a cue counts in them only where it names them.
_CATALOGUED = frozenset({"publication type", "heading", "journal", "funding", "affiliation"})
_PLACED = frozenset({"opening", "closing"})

# A cue within so many words after one of these says the opposite, and is left out.
_NEGATION_REACH = 3
_NEGATIONS = words("negations")


@written
class Cue:
    """One concept with the phrases that show it.

    `code` is what it speaks for, `points` how strongly (negative: against), counted up to `most` times. It counts only in
    the part of the report that `where` names (the opening is the first two sentences of the abstract, the closing its
    last two; `publication type`, `heading`, `journal`, `funding` and `affiliation` are what a catalogue says of it), and not
    at all where a cue named in `unless` is seen, or one named in `needs` is not. `states` marks wording that by itself names
    the design, so that its place is quoted. `negated` cues count also after "not" or "without".
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


class Seen(NamedTuple):
    """A cue seen at a place of a passage, from its `first` word to its `last`, both included."""

    cue: Cue
    passage: Passage
    first: int
    last: int

    @property
    def quote(self) -> Quote:
        """The words seen."""
        return self.passage.quote(self.first, self.last)


class Cues:
    """All cues of all kinds with one matcher over them, so that a report is passed over once."""

    def __init__(self, kinds: dict[str, tuple[Cue, ...]]) -> None:
        self.kinds = kinds
        self._numbered = [(kind, cue, cue.where in _PLACED) for kind, cues in sorted(kinds.items()) for cue in cues]
        self._matchers: dict[str, Matcher] = {}

    def seen(self, passages: tuple[Passage, ...]) -> dict[str, list[Seen]]:
        """What is seen, by kind, in reading order; negated hits are left out."""
        found: dict[str, list[Seen]] = {kind: [] for kind in self.kinds}
        numbered = self._numbered
        for passage in passages:
            has_negation, sentences = not _NEGATIONS.isdisjoint(passage.words), passage.sentence_of
            for number, first, last in self._matcher(passage.field).hits(passage):
                kind, cue, is_placed = numbered[number]
                if has_negation and not cue.negated and _is_negated(passage, first):
                    continue
                # The last word of one sentence and the first of the next make no phrase.
                if first != last and sentences[first] != sentences[last]:
                    continue
                if not is_placed or _in_place(cue.where, passage, first):
                    found[kind].append(Seen(cue, passage, first, last))
        return found

    def _matcher(self, field: str) -> Matcher:
        """The phrases of the cues that count in a field; the others are never looked for there."""
        part = field if field in _CATALOGUED or field == "title" else "text"
        if part not in self._matchers:
            phrases = [cue.phrases if _counts_in(cue.where, part) else () for _, cue, _ in self._numbered]
            self._matchers[part] = Matcher(phrases)
        return self._matchers[part]


def _counts_in(where: Where, part: str) -> bool:
    if part in _CATALOGUED or part == "title":
        return where == part or (where == "any" and part == "title")
    return where not in _CATALOGUED and where != "title"


def _in_place(where: Where, passage: Passage, word: int) -> bool:
    sentence = passage.sentence_of[word]
    return sentence < 2 if where == "opening" else sentence >= passage.sentence_of[-1] - 1


def _is_negated(passage: Passage, word: int) -> bool:
    """Whether a negation stands within reach before a word, in its sentence."""
    before = passage.words[max(0, word - _NEGATION_REACH) : word]
    if _NEGATIONS.isdisjoint(before):
        return False
    first, _ = passage.words_of(passage.sentence_of[word])
    return not _NEGATIONS.isdisjoint(passage.words[max(first, word - _NEGATION_REACH) : word])


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
