"""One entry of PubMed XML as a record, with all that later stages need.

One pass over the children of each element, since lxml builds a Python object for each element that is looked at.
"""

import re

from lxml import etree

from evidermis.evidence.record import Author, Heading, Identifier, Notice, NoticeState, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import REGISTERS, registrations_in
from evidermis.formats.making import made_author, made_heading, made_identifier, made_record, made_section

__all__ = ["article_record", "book_record", "notice_state"]

_Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml's element has no public name
_STATES: dict[str, NoticeState] = {
    "ErratumIn": "corrected",
    "CorrectedandRepublishedIn": "corrected",
    "ExpressionOfConcernIn": "concern",
    "RetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
}
_NOTICE_TYPES = {"Retraction of Publication", "Published Erratum", "Expression of Concern", "Retraction Notice"}
_OTHER_IDS = {"bookaccession": "bookshelf", "mid": "mid", "pii": "pii"}
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def notice_state(relation: str) -> NoticeState | None:
    """What a `RefType` says of the entry that carries it; None where it is about something else (comments, updates of)."""
    return _STATES.get(relation)


def _text(element: _Element) -> str:
    """The element's whole text: titles and abstracts have italics and subscripts inside."""
    text = element.text or ""
    return (text if not len(element) else "".join(element.itertext())).strip()  # pyright: ignore[reportArgumentType]


def article_record(entry: _Element) -> Record | None:
    """The record of a `PubmedArticle`; None where it has neither title nor PMID."""
    found = _Gathered()
    for part in entry:
        if part.tag == "MedlineCitation":
            for child in part:
                if handler := _CITATION.get(str(child.tag)):
                    handler(found, child)
        elif part.tag == "PubmedData":
            for child in part:
                if child.tag == "ArticleIdList":
                    _article_ids(found, child)
    return found.record()


def book_record(entry: _Element) -> Record | None:
    """The record of a `PubmedBookArticle`: a chapter or section of a book on NCBI's Bookshelf."""
    found = _Gathered()
    found.kind = "chapter"
    for document in entry.iter("BookDocument"):
        for child in document:
            if child.tag == "Book":
                _book(found, child)
            elif handler := _BOOK.get(str(child.tag)):
                handler(found, child)
    return found.record()


class _Gathered:
    """What has been found in one entry so far."""

    def __init__(self) -> None:
        self.pmid = self.title = self.vernacular = self.journal = self.short = self.date = self.electronic = ""
        self.volume = self.issue = self.pages = self.language = self.conflict = self.publisher = self.doi = ""
        self.kind = "article"
        self.abstract: list[Section] = []
        self.authors: list[Author] = []
        self.identifiers: list[Identifier] = []
        self.types: list[str] = []
        self.headings: list[Heading] = []
        self.substances: list[str] = []
        self.keywords: list[str] = []
        self.registrations: list[str] = []
        self.notices: list[Notice] = []
        self.funding: list[str] = []
        self.notes: list[str] = []

    def record(self) -> Record | None:
        if not self.title and not self.pmid:
            return None
        if "Preprint" in self.types:
            self.kind = "preprint"
        elif not _NOTICE_TYPES.isdisjoint(self.types):
            self.kind = "notice"
        elif "Meeting Abstract" in self.types:
            self.kind = "conference-abstract"
        names = [made_identifier("pmid", self.pmid)] if self.pmid else []
        if self.doi:
            names.append(made_identifier("doi", self.doi))
        if self.electronic and self.date and self.electronic != self.date:
            self.notes.append(f"Published electronically: {self.electronic}")
        in_text = registrations_in(*(section.text for section in self.abstract))
        return made_record(
            title=self.title or self.vernacular,
            source="pubmed",
            source_id=self.pmid,
            kind=self.kind,
            authors=tuple(self.authors),
            journal=self.journal,
            journal_abbreviation=self.short,
            year=year_of(self.date) or year_of(self.electronic),
            date=self.date or self.electronic,
            volume=self.volume,
            issue=self.issue,
            pages=self.pages,
            abstract=tuple(self.abstract),
            identifiers=tuple(dict.fromkeys([*names, *self.identifiers])),
            publication_types=tuple(self.types),
            headings=tuple(self.headings),
            substances=tuple(self.substances),
            keywords=tuple(self.keywords),
            registrations=tuple(dict.fromkeys([*self.registrations, *in_text])),
            notices=tuple(self.notices),
            funding=tuple(self.funding),
            conflict_statement=self.conflict,
            language=self.language,
            publisher=self.publisher,
            notes=tuple(self.notes),
        )


def _pmid(found: _Gathered, element: _Element) -> None:
    found.pmid = found.pmid or _text(element)


def _article(found: _Gathered, article: _Element) -> None:
    for child in article:
        if handler := _ARTICLE.get(str(child.tag)):
            handler(found, child)


def _title(found: _Gathered, element: _Element) -> None:
    found.title = _text(element)


def _vernacular(found: _Gathered, element: _Element) -> None:
    found.vernacular = _text(element)
    if found.vernacular:
        found.notes.append(f"Original title: {found.vernacular}")


def _journal(found: _Gathered, journal: _Element) -> None:
    for child in journal:
        tag = child.tag
        if tag == "Title":
            found.journal = _text(child)
        elif tag == "ISOAbbreviation":
            found.short = child.text or ""
        elif tag == "ISSN":
            found.identifiers.append(made_identifier("issn", child.text or ""))
        elif tag == "JournalIssue":
            for part in child:
                if part.tag == "Volume":
                    found.volume = part.text or ""
                elif part.tag == "Issue":
                    found.issue = part.text or ""
                elif part.tag == "PubDate":
                    found.date = _date(part)


def _date(element: _Element) -> str:
    return iso_date(" ".join([part.text or "" for part in element]))


def _electronic_date(found: _Gathered, element: _Element) -> None:
    found.electronic = _date(element)


def _pagination(found: _Gathered, element: _Element) -> None:
    found.pages = found.pages or element.findtext("MedlinePgn") or element.findtext("StartPage") or ""


def _location(found: _Gathered, element: _Element) -> None:
    if element.get("ValidYN") == "N":
        return
    if element.get("EIdType") == "doi":
        found.doi = found.doi or (element.text or "").strip().lower()
    elif element.get("EIdType") == "pii":
        found.identifiers.append(made_identifier("pii", (element.text or "").strip()))


def _abstract(found: _Gathered, abstract: _Element) -> None:
    for part in abstract:
        if part.tag == "AbstractText" and (text := _text(part)):
            found.abstract.append(made_section(text, part.get("Label") or ""))


def _authors(found: _Gathered, people: _Element) -> None:
    for person in people:
        family = given = initials = suffix = orcid = ""
        places: list[str] = []
        for part in person:
            tag = part.tag
            if tag == "LastName":
                family = part.text or ""
            elif tag == "CollectiveName":
                family = _text(part)
            elif tag == "ForeName":
                given = part.text or ""
            elif tag == "Initials":
                initials = part.text or ""
            elif tag == "Suffix":
                suffix = part.text or ""
            elif tag == "AffiliationInfo":
                places.extend(_text(place) for place in part if place.tag == "Affiliation")
            elif tag == "Identifier" and part.get("Source") == "ORCID" and (match := _ORCID.search(part.text or "")):
                orcid = match[0]
        if family or given:
            given = given or initials
            found.authors.append(
                made_author(family, f"{given} {suffix}".strip() if suffix else given, orcid, tuple(places))
            )


def _language(found: _Gathered, element: _Element) -> None:
    found.language = found.language or element.text or ""


def _types(found: _Gathered, kinds: _Element) -> None:
    found.types.extend([kind.text or "" for kind in kinds])


def _type(found: _Gathered, kind: _Element) -> None:
    found.types.append(kind.text or "")


def _data_banks(found: _Gathered, banks: _Element) -> None:
    for bank in banks:
        name = bank.findtext("DataBankName") or ""
        numbers = [number.text or "" for number in bank.iter("AccessionNumber")]
        if name in REGISTERS:
            found.registrations.extend(numbers)
        else:
            found.identifiers.extend(made_identifier(name.lower(), number) for number in numbers)


def _grants(found: _Gathered, grants: _Element) -> None:
    found.funding.extend(", ".join(part.text or "" for part in grant if part.tag != "Acronym") for grant in grants)


def _headings(found: _Gathered, headings: _Element) -> None:
    for heading in headings:
        name, major = "", False
        qualifiers: list[str] = []
        for part in heading:
            if part.get("MajorTopicYN") == "Y":
                major = True
            if part.tag == "DescriptorName":
                name = part.text or ""
            else:
                qualifiers.append(part.text or "")
        found.headings.append(made_heading(name, tuple(qualifiers), major))


def _substances(found: _Gathered, chemicals: _Element) -> None:
    for chemical in chemicals:
        name = number = ""
        for part in chemical:
            if part.tag == "NameOfSubstance":
                name = part.text or ""
            elif part.tag == "RegistryNumber":
                number = part.text or ""
        found.substances.append(f"{name} ({number})" if number not in {"", "0"} else name)


def _keywords(found: _Gathered, keywords: _Element) -> None:
    found.keywords.extend([word for keyword in keywords if (word := _text(keyword))])


def _relations(found: _Gathered, relations: _Element) -> None:
    for relation in relations:
        kind = relation.get("RefType") or ""
        source = relation.findtext("RefSource") or ""
        pmid = relation.findtext("PMID") or ""
        if state := notice_state(kind):
            names = (made_identifier("pmid", pmid),) if pmid else ()
            found.notices.append(Notice(state, names, iso_date(source.partition(". ")[2]), source))
        else:
            found.notes.append(f"{kind}: {source}{f' PMID: {pmid}' if pmid else ''}")


def _conflict(found: _Gathered, element: _Element) -> None:
    found.conflict = _text(element)


def _general_note(found: _Gathered, element: _Element) -> None:
    found.notes.append(_text(element))


def _article_ids(found: _Gathered, names: _Element) -> None:
    for name in names:
        kind, text = name.get("IdType"), (name.text or "").strip()
        if kind == "doi":
            found.doi = found.doi or text.lower()
        elif kind == "pmc":
            found.identifiers.append(made_identifier("pmcid", text))
        elif kind == "pubmed":
            found.pmid = found.pmid or text
        elif kind in _OTHER_IDS:
            found.identifiers.append(made_identifier(_OTHER_IDS[kind], text))


def _book(found: _Gathered, book: _Element) -> None:
    for child in book:
        if child.tag == "BookTitle":
            found.journal = _text(child)
            found.title = found.title or found.journal
        elif child.tag == "Publisher":
            found.publisher = child.findtext("PublisherName") or ""
        elif child.tag == "PubDate":
            found.date = _date(child)
        elif child.tag == "AuthorList" and child.get("Type") != "editors" and not found.authors:
            _authors(found, child)
        elif child.tag == "Isbn":
            found.identifiers.append(made_identifier("isbn", child.text or ""))


_ARTICLE = {
    "Journal": _journal, "ArticleTitle": _title, "Pagination": _pagination, "ELocationID": _location,
    "Abstract": _abstract, "AuthorList": _authors, "Language": _language, "DataBankList": _data_banks,
    "GrantList": _grants, "PublicationTypeList": _types, "VernacularTitle": _vernacular, "ArticleDate": _electronic_date,
}  # fmt: skip
_CITATION = {
    "PMID": _pmid, "Article": _article, "ChemicalList": _substances, "CommentsCorrectionsList": _relations,
    "MeshHeadingList": _headings, "KeywordList": _keywords, "CoiStatement": _conflict, "GeneralNote": _general_note,
}  # fmt: skip
_BOOK = {
    "PMID": _pmid, "ArticleIdList": _article_ids, "ArticleTitle": _title, "VernacularTitle": _vernacular,
    "Abstract": _abstract, "AuthorList": _authors, "Language": _language, "PublicationType": _type,
    "KeywordList": _keywords, "GrantList": _grants,
}  # fmt: skip
