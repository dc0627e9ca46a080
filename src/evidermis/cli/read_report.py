"""What reading a review's records together shows, for people: where a report and its registration differ, with both places."""

from collections.abc import Iterator, Sequence

from evidermis.cli.printing import say
from evidermis.reading import Change, Noted
from evidermis.review.reading.kept import ReadOfReview, ReadRecord

__all__ = ["tell_together"]

# What a registration shows by itself or beside its report; wordings that call for caution stay in the facts.
_TOLD = {
    "n-differs-from-registry": "people differ",
    "registered-after-start": "registered after it began",
    "registered-after-completion": "registered after it was over",
}
_LONGEST = 80


def tell_together(found: ReadOfReview) -> None:
    """One line for each difference between a report and its registration, and for each change of a registration's aim."""
    files = {one.content.record.digest: one.file for one in found.records}
    for one in found.records:
        for line in (*_cautions(one, files), *_switched(one)):
            say(line)


def _cautions(one: ReadRecord, files: dict[str, str]) -> Iterator[str]:
    for noted in one.facts.noted:
        if noted.kind == "caution" and noted.code in _TOLD:
            yield f"{_name(one)}: {_TOLD[noted.code]}: {noted.value} ({_places(noted, one.file, files)})"


def _places(noted: Noted, file: str, files: dict[str, str]) -> str:
    here = f"“{_cut(noted.quote.text)}” in {file}"
    other = noted.against
    return f"{here}; “{_cut(other.quote.text)}” in {files[other.record]}" if other else here


def _switched(one: ReadRecord) -> Iterator[str]:
    history: Sequence[Change] = one.facts.registration.history if one.facts.registration else ()
    for change in history:
        if change.kind == "primary outcome switched":
            told, how = (change.now, "came") if change.now else (change.was, "went")
            what = _cut(told.value) if told else ""
            yield f"{_name(one)}: primary outcome switched: “{what}” {how} between {change.before} and {change.after}"


def _name(one: ReadRecord) -> str:
    record = one.content.record
    return record.source_id or _cut(record.title)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
