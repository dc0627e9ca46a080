"""The front matter of a JATS article as a record."""

from collections.abc import Iterator

from evidermis.evidence.record import Author, Identifier, Record, Section
from evidermis.formats.identifiers import identifiers_of, registrations_in
from evidermis.formats.jats_text import children, local_name, text_of
from evidermis.formats.xml_entries import Element

__all__ = ["article_record"]

_NOTICES = frozenset(["correction", "retraction", "expression-of-concern", "addendum"])
# A paper's own abstract, not its précis, picture or teaser.
_OTHER_ABSTRACTS = frozenset(["graphical", "teaser", "toc", "key-points", "precis", "executive-summary", "editor"])
_CONFLICTS = frozenset(["conflict", "coi-statement", "con", "financial-disclosure"])
_ORDER = ("epub", "ppub", "pub", "collection")


def article_record(article: Element) -> Record | None:
    """The record of an `article`; None where it has neither a title nor a name of its own."""
    front = _first(article, "front")
    meta = _first(front, "article-meta")
    journal = _first(front, "journal-meta")
    if meta is None:
        return None
    ids = {one.get("pub-id-type") or "": text_of(one) for one in children(meta, "article-id")}
    title = text_of(_path(meta, "title-group", "article-title"))
    names = identifiers_of(doi=ids.get("doi", ""), pmid=ids.get("pmid", ""), pmcid=_pmcid(ids))
    if not title and not names:
        return None
    date = _date(meta)
    kind = article.get("article-type") or ""
    abstract = tuple(_abstract(meta))
    told = [title, *(section.text for section in abstract), *_links(meta)]
    return Record(
        title=title,
        source="jats",
        source_id=next((one.value for one in names if one.scheme in ("pmid", "pmcid", "doi")), ""),
        kind="notice" if kind in _NOTICES else "article",
        authors=tuple(_authors(meta)),
        journal=_journal(journal),
        year=int(date[:4]) if date else None,
        date=date,
        volume=text_of(_first(meta, "volume")),
        issue=text_of(_first(meta, "issue")),
        pages=_pages(meta),
        abstract=abstract,
        identifiers=names + tuple(_issns(journal)),
        publication_types=(kind.replace("-", " "),) if kind else (),
        keywords=tuple(
            t for group in children(meta, "kwd-group") for one in children(group, "kwd") if (t := text_of(one))
        ),
        registrations=registrations_in(*told),
        funding=tuple(_funding(article, meta)),
        conflict_statement=" ".join(_conflicts(article)),
        publisher=text_of(_path(journal, "publisher", "publisher-name")),
        language=article.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
    )


def _first(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None) if element is not None else None


def _path(element: Element | None, *names: str) -> Element | None:
    for name in names:
        element = _first(element, name)
    return element


def _pmcid(ids: dict[str, str]) -> str:
    told = ids.get("pmcid") or ids.get("pmc") or ""
    return f"PMC{told}" if told.isdecimal() else told


def _journal(journal: Element | None) -> str:
    return text_of(_path(journal, "journal-title-group", "journal-title")) or text_of(_first(journal, "journal-title"))


def _issns(journal: Element | None) -> Iterator[Identifier]:
    if journal is not None:
        yield from identifiers_of(issn=(text_of(one) for one in children(journal, "issn")))


def _date(meta: Element) -> str:
    """The earliest kind of publication that has a year, as far as it is told."""
    dates = {one.get("pub-type") or one.get("date-type") or "": one for one in children(meta, "pub-date")}
    for kind in (*_ORDER, *dates):
        if kind in dates:
            year, month, day = (text_of(_first(dates[kind], part)) for part in ("year", "month", "day"))
            if year.isdecimal() and len(year) == 4:
                return _iso(year, month, day)
    return ""


def _iso(year: str, month: str, day: str) -> str:
    if not (month.isdecimal() and 1 <= int(month) <= 12):
        return year
    has_day = day.isdecimal() and 1 <= int(day) <= 31
    return f"{year}-{int(month):02}-{int(day):02}" if has_day else f"{year}-{int(month):02}"


def _pages(meta: Element) -> str:
    first, last = text_of(_first(meta, "fpage")), text_of(_first(meta, "lpage"))
    return f"{first}-{last}" if first and last and first != last else first or text_of(_first(meta, "elocation-id"))


def _authors(meta: Element) -> Iterator[Author]:
    places = {one.get("id") or "": text_of(one) for one in meta.iter() if local_name(one) == "aff"}
    for group in children(meta, "contrib-group"):
        for one in children(group, "contrib"):
            if (one.get("contrib-type") or "author") != "author":
                continue
            name = _first(one, "name") if _first(one, "name") is not None else _path(one, "name-alternatives", "name")
            family = text_of(_first(name, "surname")) or text_of(_first(one, "collab"))
            if family:
                orcid = next((text_of(i).rpartition("/")[2] for i in children(one, "contrib-id")
                              if i.get("contrib-id-type") == "orcid"), "")  # fmt: skip
                held = [places.get(rid, "") for x in children(one, "xref") for rid in (x.get("rid") or "").split()]
                yield Author(family, text_of(_first(name, "given-names")), orcid, tuple(filter(None, held)))


def _abstract(meta: Element) -> Iterator[Section]:
    for abstract in children(meta, "abstract"):
        if abstract.get("abstract-type") in _OTHER_ABSTRACTS:
            continue
        sections = list(children(abstract, "sec"))
        for one in sections:
            text = " ".join(text_of(part) for part in one if local_name(part) != "title")
            if text:
                yield Section(text, text_of(_first(one, "title")).rstrip(":"))
        if not sections and (text := " ".join(text_of(p) for p in abstract if local_name(p) != "title")):
            yield Section(text)


def _links(meta: Element) -> Iterator[str]:
    return (text_of(one) for one in meta.iter() if local_name(one) in ("ext-link", "related-object"))


def _funding(article: Element, meta: Element) -> Iterator[str]:
    for group in children(meta, "funding-group"):
        for one in group.iter():
            if local_name(one) in ("funding-source", "funding-statement", "institution") and (text := text_of(one)):
                yield text
    for one in _footnotes(article):
        if one.get("fn-type") in ("supported-by", "funding") and (text := text_of_note(one)):
            yield text


def _conflicts(article: Element) -> Iterator[str]:
    for one in _footnotes(article):
        if (one.get("fn-type") or "").lower() in _CONFLICTS and (text := text_of_note(one)):
            yield text


def _footnotes(article: Element) -> Iterator[Element]:
    for part in children(article, "front", "back"):
        yield from (one for one in part.iter() if local_name(one) == "fn")


def text_of_note(note: Element) -> str:
    """A footnote's words, its label left out."""
    return " ".join(filter(None, (text_of(part) for part in note if local_name(part) != "label")))
