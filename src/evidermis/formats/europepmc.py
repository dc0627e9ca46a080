"""Europe PMC: answers of its search in JSON, result type `core` (https://europepmc.org/RestfulWebService).

`source` says where Europe PMC has an entry from: MED (PubMed), PMC, PPR (preprints), AGR, PAT and others.
"""

from collections.abc import Iterator

from evidermis.evidence.record import Author, Heading, Identifier, Notice, NoticeState, Record
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import hyphened_issn, identifiers_of, registrations_in
from evidermis.formats.json_entries import Json, entries_of, listed, object_of, text_in, texts_in
from evidermis.formats.lines import Chunks
from evidermis.formats.markup import plain_text, sections_in
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_europepmc"]

# PubMed's relations in words; Europe PMC writes them so ("Retraction in").
_STATES: dict[str, NoticeState] = {
    "corrected and republished in": "corrected",
    "erratum in": "corrected",
    "expression of concern in": "concern",
    "retracted and republished in": "retracted",
    "retraction in": "retracted",
}
_NOTICES = {"retraction of publication", "published erratum", "expression of concern", "retraction notice"}


def read_europepmc(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order."""
    for number, line, entry in entries_of(chunks, name, ("resultList.result",)):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        record = _record(entry)
        is_empty = not (record.title or record.abstract)
        yield Unreadable(name, number, line, "the entry has neither a title nor an abstract") if is_empty else record


def _within(item: Json, outer: str, inner: str) -> list[Json]:
    return [object_of(one) for one in listed(object_of(item.get(outer)).get(inner))]


def _record(item: Json) -> Record:
    issue = object_of(item.get("journalInfo"))
    journal = object_of(issue.get("journal"))
    types = tuple(plain_text(kind) for kind in texts_in(object_of(item.get("pubTypeList")).get("pubType")))
    abstract = sections_in(text_in(item, "abstractText"))
    date = iso_date(text_in(item, "firstPublicationDate")) or iso_date(text_in(issue, "printPublicationDate"))
    year = year_of(text_in(item, "pubYear")) or year_of(date)
    place = text_in(item, "source")
    notices, notes = _relations(item)
    return Record(
        title=plain_text(text_in(item, "title")).removesuffix("."),
        source="europepmc",
        source_id="/".join(part for part in (place, text_in(item, "id")) if part),
        kind=_kind(place, types),
        authors=tuple(author for one in _within(item, "authorList", "author") if (author := _author(one))),
        journal=plain_text(text_in(journal, "title") or text_in(item, "journalTitle")),
        journal_abbreviation=text_in(journal, "isoabbreviation", "medlineAbbreviation"),
        year=year,
        date=date if year is None or date.startswith(str(year)) else str(year),
        volume=text_in(issue, "volume"),
        issue=text_in(issue, "issue"),
        pages=text_in(item, "pageInfo"),
        abstract=abstract,
        identifiers=identifiers_of(
            doi=text_in(item, "doi"),
            pmid=text_in(item, "pmid"),
            pmcid=text_in(item, "pmcid"),
            issn=[hyphened_issn(text) for key in ("issn", "essn") for text in texts_in(journal.get(key))],
        ),
        publication_types=types,
        headings=tuple(_heading(one) for one in _within(item, "meshHeadingList", "meshHeading")),
        substances=tuple(_substance(one) for one in _within(item, "chemicalList", "chemical")),
        keywords=tuple(plain_text(word) for word in texts_in(object_of(item.get("keywordList")).get("keyword"))),
        registrations=registrations_in(*(section.text for section in abstract)),
        notices=notices,
        funding=tuple(_grant(one) for one in _within(item, "grantsList", "grant")),
        language=text_in(item, "language"),
        publisher=text_in(object_of(item.get("bookOrReportDetails")), "publisher"),
        notes=notes,
    )


def _kind(place: str, types: tuple[str, ...]) -> str:
    plain = {kind.casefold() for kind in types}
    if place == "PPR" or "preprint" in plain:
        return "preprint"
    if plain & _NOTICES:
        return "notice"
    if place == "PAT":
        return "other"
    return "conference-abstract" if "meeting abstract" in plain else "article"


def _author(person: Json) -> Author | None:
    places = [
        text_in(one, "affiliation") for one in _within(person, "authorAffiliationDetailsList", "authorAffiliation")
    ]
    named = object_of(person.get("authorId"))
    orcid = text_in(named, "value") if text_in(named, "type") == "ORCID" else ""
    family = text_in(person, "lastName") or text_in(person, "collectiveName") or text_in(person, "fullName")
    given = text_in(person, "firstName", "initials") if text_in(person, "lastName") else ""
    return Author(plain_text(family), plain_text(given), orcid, tuple(p for p in places if p)) if family else None


def _heading(mesh: Json) -> Heading:
    qualifiers = _within(mesh, "meshQualifierList", "meshQualifier")
    is_major = any(text_in(one, "majorTopic_YN") == "Y" for one in (mesh, *qualifiers))
    return Heading(
        text_in(mesh, "descriptorName"), tuple(text_in(one, "qualifierName") for one in qualifiers), is_major
    )


def _substance(chemical: Json) -> str:
    name, number = text_in(chemical, "name"), text_in(chemical, "registryNumber")
    return f"{name} ({number})" if number not in ("", "0") else name


def _grant(grant: Json) -> str:
    return ", ".join(part for part in (text_in(grant, "grantId"), text_in(grant, "agency")) if part)


def _relations(item: Json) -> tuple[tuple[Notice, ...], tuple[str, ...]]:
    """What notices say of this entry, and its other relations as notes."""
    notices: list[Notice] = []
    notes: list[str] = []
    for one in _within(item, "commentCorrectionList", "commentCorrection"):
        kind, source, number = text_in(one, "type"), text_in(one, "reference"), text_in(one, "id")
        if state := _STATES.get(kind.casefold()):
            names = (Identifier("pmid", number),) if number and text_in(one, "source") == "MED" else ()
            notices.append(Notice(state, names, iso_date(source.partition(". ")[2]), source))
        elif kind:
            named = f" PMID: {number}" if number and text_in(one, "source") == "MED" else ""
            notes.append(f"{kind}: {source}{named}")
    types = {kind.casefold() for kind in texts_in(object_of(item.get("pubTypeList")).get("pubType"))}
    if "retracted publication" in types and not any(one.state == "retracted" for one in notices):
        notices.append(Notice("retracted", text="Retracted Publication"))
    return tuple(notices), tuple(notes)
