"""CSV and TSV with any common column names: exports of PubMed, Embase, Scopus, Zotero, Covidence, labelled data sets.

The standard library's `csv` reads the cells; what is here is which column means what. A column that means nothing to a
record is kept as a note.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from evidermis.evidence.record import Author, Record
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import authors_in, identifiers_of, registrations_in, split_list
from evidermis.formats.labels import labels_in, table_label
from evidermis.formats.lines import REFUSED
from evidermis.formats.making import made_record, made_section
from evidermis.formats.remainder import restored
from evidermis.formats.unreadable import FIELD_LIMIT, Unreadable

__all__ = ["COLUMNS", "read_table"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "source_id": ("record_id", "id", "key", "rec_number", "accession_number", "covidence", "eid", "an", "ut",
                  "embase_accession_id"),
    "title": ("title", "primary_title", "article_title", "ti", "document_title", "titles", "item_title"),
    "abstract": ("abstract", "abstract_text", "abstract_note", "notes_abstract", "ab", "text", "n2"),
    "authors": ("authors", "author", "author_names", "first_authors", "author_full_names", "au", "creators", "author_s"),
    "journal": ("journal", "journal_book", "publication_title", "source_title", "secondary_title", "journal_name",
                "journal_title", "container_title", "booktitle", "publication", "t2", "so"),
    "journal_abbreviation": ("journal_abbreviation", "abbreviated_source_title", "alternate_title2", "j2"),
    "year": ("year", "publication_year", "pub_year", "py", "published_year"),
    "date": ("date", "publication_date", "published", "pub_date", "create_date"),
    "volume": ("volume", "vl"),
    "issue": ("issue", "number", "is", "issue_number"),
    "pages": ("pages", "page", "pagination", "start_page", "page_start", "pg", "art_no", "article_number"),
    "last_page": ("end_page", "page_end"),
    "doi": ("doi", "di", "digital_object_identifier"),
    "pmid": ("pmid", "pubmed_id", "medline_id", "medline_pmid", "pm"),
    "pmcid": ("pmcid", "pmc"),
    "issn": ("issn", "isbn", "sn", "issn_isbn"),
    "keywords": ("keywords", "author_keywords", "keyword", "manual_tags", "kw", "tags"),
    "types": ("publication_types", "publication_type", "document_type", "pt", "type_of_reference", "item_type", "entrytype"),
    "language": ("language", "la", "language_of_original_document"),
    "publisher": ("publisher", "pu"),
    "url": ("url", "link", "open_url_link", "ur"),
    "notes": ("notes", "note", "n1", "extra"),
    "registrations": ("registrations", "clinical_trial_numbers", "registration", "trial_registration"),
    "source": ("source_database", "database", "db"),
}  # fmt: skip
_LABELS = frozenset({"label_included", "included", "include", "label", "asreview_label", "decision", "screening_label"})
_PART_OF = {column: part for part, columns in COLUMNS.items() for column in columns}
_RANK = {column: rank for columns in COLUMNS.values() for rank, column in enumerate(columns)}
# Columns that only one service's exports have, and the service.
_EXPORTS = (
    ("pubmed", frozenset({"pmid", "journal_book", "create_date"})),
    ("scopus", frozenset({"eid", "source_title"})),
    ("embase", frozenset({"embase_accession_id"})),
)
_END = "\ue000the end"
_KINDS = {"preprint": "preprint", "conferencepaper": "conference-abstract", "inproceedings": "conference-abstract",
          "cpaper": "conference-abstract", "booksection": "chapter", "chap": "chapter", "webpage": "web page"}  # fmt: skip


def read_table(lines: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every row with a title, abstract or identifier, in its order; a row that has none is reported."""
    source = iter(lines)
    header, before = "", 0
    for before, line in enumerate(source):
        header = line.lstrip("\ufeff")
        if before > 100 or (header.strip() and not header.lower().startswith("sep=")):
            break
    delimiter = max(",;\t|", key=header.count)
    if csv.field_size_limit() < FIELD_LIMIT:
        csv.field_size_limit(FIELD_LIMIT)
    feed = chain([header], source, [_END])
    reader = csv.reader((line + "\n" for line in feed), delimiter=delimiter)
    columns: list[str] | None = None
    number, start = 0, before + 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield Unreadable(name, number, start, str(error))
            # The cell goes on: its lines are no rows of the table.
            before += _to_closing_quote(feed)
            start = before + reader.line_num + 1
            continue
        if row == [_END]:
            return
        if columns is None:
            columns = [_column(cell) for cell in row]
        elif any(cell.strip() for cell in row):
            number += 1
            yield _made(columns, row, name, number, start)
        start = before + reader.line_num + 1


def _to_closing_quote(lines: Iterator[str]) -> int:
    """Leaves out the lines up to the one that closes a quoted cell; returns how many."""
    for count, line in enumerate(lines, 1):
        if line.count('"') % 2:
            return count
    return 0


def _column(cell: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", cell.strip().lower()).strip("_")


def _made(columns: list[str], row: list[str], name: str, number: int, line: int) -> Record | Unreadable:
    if any(_END in cell for cell in row):
        return Unreadable(name, number, line, "a quoted cell is not closed before the file ends")
    if any(REFUSED in cell for cell in row):
        return Unreadable(
            name, number, line, next(cell.partition(REFUSED)[2] for cell in row if REFUSED in cell).strip()
        )
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        return Unreadable(name, number, line, f"{len(row)} cells under {len(columns)} columns")
    record = _record(columns, row, number)
    if "evidermis" in columns:
        return record
    if not any((record.title, record.abstract, record.identifiers, record.authors)):
        return Unreadable(name, number, line, "the row has no title, abstract or identifier")
    return record


def _parts(columns: list[str], row: list[str]) -> tuple[dict[str, str], list[str], list[tuple[str, str]], str]:
    """The row's parts of a record, its other cells as notes, its labels, and its remainder."""
    parts: dict[str, str] = {}
    ranks: dict[str, int] = {}
    notes: list[str] = []
    labels: list[tuple[str, str]] = []
    rest = ""
    for column, cell in zip(columns, row, strict=False):
        text = cell.strip()
        if not text:
            continue
        part = _PART_OF.get(column)
        if column == "evidermis":
            rest = text
        elif column in _LABELS and (label := table_label("included", text)) and label[1] in {"0", "1"}:
            labels.append(label)
        elif part is None:
            if column not in _LABELS or text != "-1":
                notes.append(f"{column}: {text}")
        elif part not in parts or _RANK[column] < ranks[part]:
            parts[part], ranks[part] = text, _RANK[column]
    return parts, notes, labels, rest


def _record(columns: list[str], row: list[str], number: int) -> Record:
    parts, notes, labels, rest = _parts(columns, row)
    get = parts.get
    source_line = next((note[8:] for note in notes if note.startswith("source: ")), "")
    abstract = get("abstract", "")
    year = year_of(get("year", "")) or year_of(get("date", "")) or year_of(source_line)
    date = iso_date(get("date", ""))
    pages = get("pages", "")
    if (last := get("last_page")) and last != pages and "-" not in pages:
        pages = f"{pages}-{last}"
    own = [get("notes", "")] if get("notes") else []
    keywords = split_list(get("keywords", ""))
    kind = re.sub(r"[^a-z]", "", get("types", "").lower())
    record = made_record(
        title=get("title", ""),
        source=get("source", _exporter(columns)).lower(),
        source_id=get("source_id") or ("" if rest else get("pmid") or str(number)),
        kind=_KINDS.get(kind, "article"),
        authors=_people(get("authors", "")),
        journal=get("journal", "") or source_line.partition(" (")[0],
        journal_abbreviation=get("journal_abbreviation", ""),
        year=year,
        date=date if year is None or date.startswith(str(year)) else str(year),
        volume=get("volume", ""),
        issue=get("issue", ""),
        pages=pages,
        abstract=(made_section(abstract),) if abstract else (),
        identifiers=identifiers_of(
            doi=get("doi", ""), pmid=get("pmid", ""), pmcid=get("pmcid", ""), issn=[get("issn", "")]
        ),
        publication_types=split_list(get("types", "")),
        keywords=keywords,
        registrations=registrations_in(get("registrations", ""), abstract),
        language=get("language", ""),
        publisher=get("publisher", ""),
        url=get("url", ""),
        notes=(*own, *notes),
        labels=tuple(dict.fromkeys([*labels, *labels_in([*own, *keywords])])),
    )
    return restored(record, rest) if rest else record


def _exporter(columns: list[str]) -> str:
    return next((service for service, own in _EXPORTS if own.issubset(columns)), "table")


def _people(text: str) -> tuple[Author, ...]:
    # A list as Python prints it, which ASReview and pandas exports have: ['Smith, J.', 'Doe, A.'].
    if text.startswith("['") and text.endswith("']"):
        return authors_in(";".join(re.findall(r"'([^']*)'", text)))
    return authors_in(text)
