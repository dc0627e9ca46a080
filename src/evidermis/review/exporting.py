"""Everything about a review in the formats that others read, as files of one folder."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evidermis import MADE_BY
from evidermis.appraisal import studies_in_people
from evidermis.appraisal.bias import ROBVIS_HEAD, judged_bias, robvis_row, robvis_table, robvis_unweighted
from evidermis.disk import write_folder
from evidermis.evidence.errors import BadInput
from evidermis.evidence.freshness import freshness
from evidermis.evidence.inert import written_table
from evidermis.evidence.protocol import Flow
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary
from evidermis.formats import write_bibtex, write_csl, write_ris
from evidermis.library import kept_files
from evidermis.pipeline import Conclusions, conclusions, held_to_arithmetic
from evidermis.publishing.cochrane_package import cochrane_package, data_rows
from evidermis.publishing.fhir import fhir_bundle
from evidermis.publishing.findings_summary import summary_as_csv, summary_of_findings
from evidermis.publishing.linked_data import crate_metadata, linked_data
from evidermis.publishing.prisma import prisma_picture, prisma_table
from evidermis.publishing.summary_document import summary_as_docx, summary_as_html
from evidermis.review.folder.checking import checked
from evidermis.review.folder.screening_lists import FOLDER as LISTS
from evidermis.review.living.comparing import then
from evidermis.review.living.editions import next_edition
from evidermis.review.living.history import History, input_files
from evidermis.review.screening.flow import told_flow

__all__ = ["EXPORTS", "Exported", "export"]

# What lies in a folder of exports: a folder that holds anything else is somebody's own.
_NAMES = re.compile(
    r"prisma(-lsr)?\.(svg|csv)|robvis(-weighted)?\.csv|CD.+-dataPackage\.zip|data-rows\.csv"
    r"|summary-of-findings\.(csv|html|docx)|references|claims\.jsonld|fhir\.json|crate"
)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A review under the version that it has or would have, with all that exports are made from."""

    folder: Path
    review: Review
    drawn: Conclusions
    vocabulary: Vocabulary
    previous: Flow | None
    today: datetime.date


@dataclass(frozen=True, slots=True)
class Exported:
    """The folder that was written, its files, and why the PRISMA numbers could not be (none: they add up)."""

    folder: Path
    files: tuple[str, ...]
    faults: tuple[str, ...]


def export(folder: Path, output: Path, only: str, today: datetime.date) -> Exported:
    """Write the exports of a checked review (`only` one kind, or all) as exactly the files of `output`."""
    if only and only not in EXPORTS:
        mend = f"take one of: {', '.join(EXPORTS)}"
        raise BadInput(f"{only[:40]!r} is no kind of export", mend=mend)
    whole = _whole(folder, today)
    files: dict[str, bytes] = {}
    faults: list[str] = []
    for name, made in EXPORTS.items():
        if only in ("", name):
            found, wrong = made(whole)
            files |= found
            faults += wrong
    if not faults:
        write_folder(output, files, ours=_is_export)
    return Exported(output, tuple(sorted(files)), tuple(faults))


def _whole(folder: Path, today: datetime.date) -> _Whole:
    vocabulary = bundled_vocabulary()
    given = checked(folder, vocabulary, today)
    drawn = conclusions(given, vocabulary)
    this = next_edition(folder, given, drawn, today).versions[-1]
    review = held_to_arithmetic(given, vocabulary)
    protocol = replace(review.protocol, version=this.version, published=this.day)
    previous = _previous_flow(folder, this.version)
    return _Whole(folder, replace(review, protocol=protocol), drawn, vocabulary, previous, today)


def _previous_flow(folder: Path, version: str) -> Flow | None:
    """The flow of the last published version before this one."""
    history = History(folder)
    before = [one for one in history.publications if one.version != version]
    return then(history, before[-1]).review.protocol.flow if before else None


Made = tuple[Mapping[str, bytes], tuple[str, ...]]


def _prisma(whole: _Whole) -> Made:
    flow, faults = told_flow(whole.folder, whole.review)
    if flow is None or faults:
        return {}, faults
    return {
        "prisma.svg": prisma_picture(flow).alone.encode(),
        "prisma.csv": prisma_table(flow),
        "prisma-lsr.svg": prisma_picture(flow, whole.previous).alone.encode(),
        "prisma-lsr.csv": prisma_table(flow, whole.previous),
    }, ()


def _bias(whole: _Whole) -> Made:
    studies = studies_in_people(whole.review, whole.vocabulary)
    rows = [robvis_row(one.label, judged_bias(one.bias), float(one.people.counted or 1)) for one in studies]
    rows.sort(key=lambda row: row.study)
    return {
        "robvis.csv": written_table(ROBVIS_HEAD[:-1], robvis_unweighted(rows)),
        "robvis-weighted.csv": written_table(ROBVIS_HEAD, robvis_table(rows)),
    }, ()


def _cochrane(whole: _Whole) -> Made:
    told = whole.review, whole.drawn.synthesis, whole.vocabulary
    name = whole.review.protocol.name
    return {f"CD{name}-dataPackage.zip": cochrane_package(*told), "data-rows.csv": data_rows(*told)}, ()


def _summary(whole: _Whole) -> Made:
    rows = summary_of_findings(whole.review, whole.drawn.appraisal, whole.drawn.synthesis, whole.vocabulary)
    return {
        "summary-of-findings.csv": summary_as_csv(rows),
        "summary-of-findings.html": summary_as_html(whole.review, rows),
        "summary-of-findings.docx": summary_as_docx(whole.review, rows),
    }, ()


def _references(whole: _Whole) -> Made:
    """For each claim the records of the studies that its answer rests on, in three formats."""
    files: dict[str, bytes] = {}
    reports = {study.id: [report.record for report in study.reports] for study in whole.review.studies}
    known = {one.id: one.record for one in whole.review.references}
    for answer in whole.drawn.appraisal.claims:
        behind = sorted({record for study in answer.studies for record in reports[study] if record in known})
        records = [known[name] for name in behind]
        for ending, written in (("ris", write_ris), ("bib", write_bibtex), ("json", write_csl)):
            files[f"references/{answer.claim}.{ending}"] = written(records).encode("utf-8")
    return files, ()


def _linked(whole: _Whole) -> Made:
    fresh = freshness(whole.review.protocol, whole.today)
    return {"claims.jsonld": linked_data(whole.review, whole.drawn.appraisal, fresh)}, ()


def _fhir(whole: _Whole) -> Made:
    return {"fhir.json": fhir_bundle(whole.review, whole.drawn.appraisal, whole.drawn.synthesis, whole.vocabulary)}, ()


def _crate(whole: _Whole) -> Made:
    """The review's own files, whole, with what they are: a review again, which concludes the same."""
    files = {f"crate/{name}": content for name, content in _whole_folder(whole.folder).items()}
    names = [name.removeprefix("crate/") for name in files]
    return {**files, "crate/ro-crate-metadata.json": crate_metadata(whole.review, names, MADE_BY)}, ()


def _whole_folder(folder: Path) -> dict[str, bytes]:
    """What the page is made from, the imported files, and what was kept of how it was made. What is made anew stays out."""
    kept = [folder / name for name in ("harvests.jsonl", "readings.toml", "article.md")]
    kept += [*kept_files(folder / "records"), *sorted((folder / LISTS).glob("*"))]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept if path.is_file()}
    return input_files(folder) | found


def _is_export(name: str) -> bool:
    """Whether an export of some kind bears that name, so that exporting again may replace it."""
    return _NAMES.fullmatch(name) is not None


EXPORTS: dict[str, Callable[[_Whole], Made]] = {
    "prisma": _prisma,
    "bias": _bias,
    "cochrane": _cochrane,
    "summary": _summary,
    "references": _references,
    "claims": _linked,
    "fhir": _fhir,
    "crate": _crate,
}
