"""`evidermis dedupe`: which records are one publication."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.printing import print_json, progress, say
from evidermis.cli.tables import rows_in
from evidermis.cli.whole import written_whole
from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Author, Identifier, Record, Section
from evidermis.linkage import Doubt, Grouping, Link, duplicate_reports, grouped, report_record

verb = typer.Typer()


@verb.command()
def dedupe(
    file: Annotated[
        Path,
        typer.Argument(help="Records: CSV or TSV with title, author, year, journal, pages, doi …; or a review folder."),
    ],
    output: Annotated[Path, typer.Option(help="Where to write the clusters: record_id, cluster.")],
    doubts: Annotated[Path | None, typer.Option(help="Where to write the pairs a person should look at.")] = None,
    links: Annotated[
        Path | None, typer.Option(help="Where to write why records are one: pair, weight, reasons.")
    ] = None,
    studies: Annotated[
        Path | None, typer.Option(help="Where to write which records are one study: record_id, study.")
    ] = None,
    reports: Annotated[
        Path | None, typer.Option(help="Where to write one record a report: .ris .nbib .bib .json .csv")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Find the records that are the same publication; every id stands in exactly one cluster, nothing is deleted.

    Versions of one publication record are duplicates. A conference abstract and its article, a preprint and its article, and
    two reports of one study are not: they belong to one study.

    With --reports the fullest record of each report is written; an abstract that it lacks, and the like, is taken from another of
    its records, and a note names that.

    Over a review folder it takes the imported records (by the hash that `evidermis search --json` gives as their id) and the
    hand-written ones, and minds what `judgements.jsonl` says of pairs.

    Examples:

    evidermis dedupe records.csv --output clusters.csv --doubts doubts.csv

    evidermis dedupe exosomes --output clusters.csv --studies studies.csv
    """
    records = [] if file.is_dir() else _records(file)
    found = _grouping(file, records, with_studies=studies is not None, quiet=as_json)
    publications = found.reports
    if reports is not None:
        _write_reports(reports, file, records, publications.clusters)
    _write_clusters(output, ("record_id", "cluster"), publications.clusters)
    if studies is not None:
        _write_clusters(studies, ("record_id", "study"), found.studies)
    for path, pairs in ((doubts, publications.doubts), (links, publications.links)):
        if path is not None:
            _write_pairs(path, pairs)
    counts = {
        "records": sum(map(len, publications.clusters)),
        "reports": len(publications.clusters),
        "links": len(publications.links),
        "doubts": len(publications.doubts),
    }
    if studies is not None:
        counts["studies"] = len(found.studies)
    if as_json:
        print_json(counts)
    else:
        several = f" of {counts['studies']} studies" if studies is not None else ""
        told = (
            f"{counts['records']} records are {counts['reports']} reports{several}; {counts['doubts']} pairs to look at"
        )
        say(f"{told}. {output}")


def _grouping(file: Path, records: list[tuple[str, Record]], *, with_studies: bool, quiet: bool) -> Grouping:
    if file.is_dir():
        # A table starts without what a review needs.
        from evidermis.review.records.linking import grouped_review

        found = grouped_review(file, progress(quiet))
        if not found.reports.clusters:
            raise BadInput("holds no records", file=str(file), mend="import some with `evidermis import FILE`")
        return found
    if not records:
        raise BadInput("holds no records", file=str(file))
    _refuse_repeated([key for key, _ in records], file)
    return grouped(records) if with_studies else Grouping(duplicate_reports(records), (), ())


def _write_reports(
    path: Path, file: Path, records: list[tuple[str, Record]], clusters: tuple[tuple[str, ...], ...]
) -> None:
    # Who writes no records need not wait for their writers.
    from evidermis.cli.records_out import format_of, write_records

    form = format_of(path)
    if file.is_dir():
        from evidermis.review.records.linking import report_records

        write_records(path, report_records(file, clusters), form)
        return
    held = dict(records)
    write_records(path, [report_record([held[key] for key in cluster]) for cluster in clusters], form)


def _write_clusters(path: Path, header: tuple[str, str], clusters: tuple[tuple[str, ...], ...]) -> None:
    with written_whole(path) as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(header)
        table.writerows((key, number) for number, cluster in enumerate(clusters, 1) for key in cluster)


def _write_pairs(path: Path, pairs: tuple[Doubt, ...] | tuple[Link, ...]) -> None:
    with written_whole(path) as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(("one", "other", "weight", "reasons"))
        for pair in pairs:
            table.writerow(
                (pair.one, pair.other, pair.weight, "; ".join(f"{name} {weight:+g}" for name, weight in pair.reasons))
            )


def _refuse_repeated(keys: list[str], file: Path) -> None:
    seen: set[str] = set()
    for number, key in enumerate(keys, 1):
        if key in seen:
            raise BadInput(
                f"the id {key[:60]!r} stands twice",
                file=str(file),
                place=f"row {number}",
                mend="give each record its own id",
            )
        seen.add(key)


# The columns that each part of a record is read from; the first that is filled counts.
_COLUMNS = {
    "key": ("record_id", "id", "accession", "accession number"),
    "year": ("year", "publication year", "date", "py"),
    "title": ("title", "primary_title", "article title", "ti"),
    "doi": ("doi", "do"),
    "pmid": ("pmid", "pubmed id"),
    "abstract": ("abstract", "ab"),
    "authors": ("author", "authors", "au"),
    "journal": ("journal", "booktitle", "source title", "secondary_title", "publication title", "journal_name"),
    "volume": ("volume", "vl"),
    "issue": ("number", "issue", "is"),
    "pages": ("pages", "page", "start page"),
}
_EMPTY = frozenset({"", "na", "nan", "null"})
_YEAR = re.compile(r"\d{4}")
_BETWEEN_NAMES = re.compile(r"\s+and\s+|;")


def _records(file: Path) -> list[tuple[str, Record]]:
    """Each row as a record under its own id, or its row's number where the table has no ids."""
    found: list[tuple[str, Record]] = []
    wanted: dict[str, tuple[str, ...]] = {}
    header: tuple[str, ...] = ()
    for number, row in enumerate(rows_in(file), 1):
        if tuple(row) != header:
            header = tuple(row)
            wanted = {part: tuple(name for name in names if name in row) for part, names in _COLUMNS.items()}
        found.append(_record(row, wanted, number, file))
    return found


def _record(
    row: Mapping[str, str], wanted: Mapping[str, tuple[str, ...]], number: int, file: Path
) -> tuple[str, Record]:
    cells: dict[str, str] = {}
    for part, names in wanted.items():
        cells[part] = ""
        for name in names:
            text = row.get(name, "").strip()
            if text.lower() not in _EMPTY:
                cells[part] = text
                break
    key = cells["key"] or str(number)
    year = _YEAR.search(cells["year"])
    if not (cells["title"] or cells["doi"] or cells["pmid"]):
        told = f"record {key[:60]!r} has neither a title nor a DOI"
        raise BadInput(told, file=str(file), place=f"row {number}", mend="add a column `title`, or fill it")
    return key, Record(
        title=cells["title"],
        source="table",
        source_id=key,
        authors=_authors(cells["authors"]),
        journal=cells["journal"],
        year=int(year[0]) if year else None,
        volume=cells["volume"],
        issue=cells["issue"],
        pages=cells["pages"],
        abstract=(Section(cells["abstract"]),) if cells["abstract"] else (),
        identifiers=tuple([Identifier(scheme, cells[scheme]) for scheme in ("doi", "pmid") if cells[scheme]]),
    )


def _authors(text: str) -> tuple[Author, ...]:
    """Names parted by "and" or ";" ("Family, Given and Family, Given"); a list in another form is kept whole."""
    parted = [name.partition(",") for name in _BETWEEN_NAMES.split(text)]
    return tuple([Author(family.strip(), given.strip()) for family, _, given in parted if family.strip()])
