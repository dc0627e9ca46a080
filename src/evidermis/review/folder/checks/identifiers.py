"""Checks of `records/curated.toml` and `judgements.jsonl`: identifiers have their form and stand once."""

import re
from collections.abc import Iterator

from evidermis.appraisal.raising import SIGNED_REASONS
from evidermis.review.folder.checks.inspection import Inspection, repeated
from evidermis.review.folder.faults import Fault

__all__ = ["IDENTIFIERS"]

_FILE = "records/curated.toml"
# DOI: the form Crossref recommends (a prefix of four digits or more, a suffix without white space).
_FORMS = {
    "doi": (re.compile(r"10\.\d{4,9}/[^\s\"<>]+"), "write it bare, as 10.1000/xyz123"),
    "pmid": (re.compile(r"[1-9]\d{0,8}"), "write the digits only"),
    "pmcid": (re.compile(r"PMC\d{1,9}"), "write it as PMC1234567"),
    "notice_doi": (re.compile(r"10\.\d{4,9}/[^\s\"<>]+"), "write it bare, as 10.1000/xyz123"),
}
_REGISTRATION = re.compile(
    r"NCT\d{8}|IRCT\d{8,}N\d+|IRCT[ -]?\d+|ChiCTR[\w-]+|KCT\d{7}|ACTRN\d{14}"
    r"|ISRCTN\d{6,8}|CTRI/[\d/]+|\d{4}-\d{6}-\d{2}"
)


def references(look: Inspection) -> Iterator[Fault]:
    """Ids are unique, identifiers have their form, years are possible, and two entries never share a DOI or PMID."""
    found = look.folder.references
    yield from repeated(look, _FILE, ("records",), [r.id for r in found])
    for i, reference in enumerate(found):
        for key, (form, mend) in _FORMS.items():
            written = getattr(reference, key)
            if written and not form.fullmatch(written):
                what = f"{written[:60]!r} is not a {key.upper()}"
                yield look.fault(_FILE, ("records", i, key), "identifier", what, mend)
        if reference.registration and not _REGISTRATION.fullmatch(reference.registration):
            what = f"{reference.registration[:60]!r} is not a registration number"
            yield look.fault(_FILE, ("records", i, "registration"), "identifier", what, "write it as NCT01234567")
        if reference.year is not None and not 1800 <= reference.year <= look.today.year:
            what = f"the year {reference.year} lies in the future, or before printed journals"
            yield look.fault(_FILE, ("records", i, "year"), "date", what, "correct the year")
        if not reference.title.strip():
            yield look.fault(_FILE, ("records", i, "title"), "record", "the record has no title", "write its title")
        if reference.notice == "retracted" and not reference.notice_doi and not reference.note:
            what = "a retraction without its notice"
            yield look.fault(
                _FILE, ("records", i, "notice"), "notice", what, "give notice_doi, or say in note where it was read"
            )


def same_work(look: Inspection) -> Iterator[Fault]:
    """Two entries with one DOI or PMID are one record written twice; both are named."""
    for key in ("doi", "pmid"):
        entries: dict[str, list[int]] = {}
        for i, reference in enumerate(look.folder.references):
            if written := getattr(reference, key).lower():
                entries.setdefault(written, []).append(i)
        for written, places in entries.items():
            ids = " and ".join(repr(look.folder.references[i].id) for i in places)
            for i in places if len(places) > 1 else ():
                what = f"the {key.upper()} {written} stands in {ids}"
                yield look.fault(_FILE, ("records", i, key), "identifier", what, "keep one of the two entries")


def judgements(look: Inspection) -> Iterator[Fault]:
    """A judgement has an author of a known kind, a past time, and is about something that exists."""
    ids: set[str] = set()
    claims = {c.id for c in look.review.protocol.claims}
    parts = {f"{c.id}/{part}" for c in look.review.protocol.claims for part in (*c.outcomes, *SIGNED_REASONS)}
    numbers = {f"{s.id}/{f.id}/{key}" for s in look.review.studies for f in s.findings for key, _ in f.numbers}
    for number, one in look.folder.judgements:
        if one.id in ids:
            yield look.fault(
                "judgements.jsonl", (number, "id"), "id", f"the id {one.id!r} is used twice", "give each its own"
            )
        ids.add(one.id)
        if not re.fullmatch(r"human:\S+|(rule|model):[^\s@]+@\S+", one.author):
            mend = "write human:NAME, rule:NAME@VERSION or model:NAME@VERSION"
            yield look.fault("judgements.jsonl", (number, "author"), "judgement", f"{one.author!r} is no author", mend)
        yield from look.past("judgements.jsonl", (number, "time"), one.time.date())
        kind, _, about = one.about.partition(":")
        if kind in ("certainty", "raise") and about not in claims | parts:
            what = f"it is about the claim {about!r}, which the protocol does not hold"
            yield look.fault("judgements.jsonl", (number, "about"), "judgement", what, "correct the id")
        if kind == "number" and about not in numbers:
            what = f"it is about the number {about!r}, which no finding holds"
            yield look.fault("judgements.jsonl", (number, "about"), "judgement", what, "write STUDY/FINDING/NUMBER")


IDENTIFIERS = (references, same_work, judgements)
