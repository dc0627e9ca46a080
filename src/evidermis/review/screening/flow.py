"""The PRISMA numbers of a review, from what its folder itself knows: records, links between them, and decisions.

`[flow]` in `review.toml` holds what people counted; the ledger of the folder is held against it. Without `[flow]` the ledger
alone gives the numbers, once every publication has been decided on.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from evidermis.appraisal.body import retracted_studies
from evidermis.evidence.protocol import Exclusion, Flow
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.library import kept_files
from evidermis.publishing.prisma import flow_faults
from evidermis.review.folder.screening_lists import screened
from evidermis.review.records.keeping import opened_library
from evidermis.review.records.linking import grouped_review
from evidermis.screening.decisions import Candidate
from evidermis.screening.project import Project

__all__ = ["Ledger", "inclusion_faults", "ledger_of", "told_flow"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the folder counts. `waiting` are publications that are not settled and that no study reports."""

    records: int
    registers: int
    publications: int
    automation: int
    excluded: int
    not_retrieved: int
    exclusions: tuple[Exclusion, ...]
    waiting: int
    included_reports: int
    included_studies: int


def told_flow(folder: Path, review: Review) -> tuple[Flow | None, tuple[str, ...]]:
    """The flow, and where its numbers do not add up: within itself or with the ledger. None where there is none to tell."""
    ledger, written = ledger_of(folder, review), review.protocol.flow
    if written is not None:
        identified = _held("identified", written.identified, ledger.records, "records")
        registers = written.registers
        told = () if registers is None else _held("registers", registers, ledger.registers, "records of registers")
        return written, (*flow_faults(written), *identified, *told, *inclusion_faults(review))
    if ledger.waiting:
        return None, (f"{ledger.waiting} publications wait for a decision, so the flow cannot be closed",)
    flow = _derived(ledger)
    return flow, flow_faults(flow)


def inclusion_faults(review: Review) -> tuple[str, ...]:
    """Where `[flow]` counts other studies or reports than those that count now; none where there is no `[flow]`."""
    written = review.protocol.flow
    if written is None:
        return ()
    reports, studies = _included(review)
    return (
        *_held("included reports", written.included_reports, len(reports), "reports of included studies"),
        *_held("included studies", written.included_studies, studies, "included studies"),
    )


def _held(name: str, written: int, there: int, what: str) -> tuple[str, ...]:
    return () if written == there else (f"{name} is {written}, but the folder holds {there} {what}",)


def ledger_of(folder: Path, review: Review) -> Ledger:
    """Count a folder's records, publications and decisions."""
    reports, studies = _included(review)
    has_library = (folder / "library.db").exists() or bool(kept_files(folder / "records"))
    clusters = grouped_review(folder).reports.clusters if has_library else tuple((one.id,) for one in review.references)
    states, reasons = Counter[str](), Counter[str]()
    project = screened(folder, review, clusters)
    for one in project.candidates:
        state, reason = _state(project, one, reports)
        states[state] += 1
        if state == "excluded in full text":
            reasons[reason] += 1
    return Ledger(
        records=sum(map(len, clusters)),
        registers=_registers(folder, review, has_library),
        publications=len(clusters),
        automation=states["automation"],
        excluded=states["excluded"],
        not_retrieved=states["not retrieved"],
        exclusions=tuple(Exclusion(reason=reason, n=n) for reason, n in sorted(reasons.items())),
        waiting=states["waiting"],
        included_reports=len(reports),
        included_studies=studies,
    )


def _registers(folder: Path, review: Review, has_library: bool) -> int:
    """How many records are entries of registers of trials."""
    kinds = [one.kind for one in review.references]
    if has_library:
        with opened_library(folder) as library:
            kinds += [record.kind for _, _, record in library.records()]
    return kinds.count("registration")


def _included(review: Review) -> tuple[frozenset[str], int]:
    """The records of studies that count, and how many studies: neither summaries of others nor retracted ones."""
    designs = {term.code: term for term in bundled_vocabulary().designs}
    gone = retracted_studies(review)
    counted = [s for s in review.studies if s.id not in gone and not designs[s.design].synthesis]
    return frozenset(report.record for study in counted for report in study.reports), len(counted)


def _state(project: Project, one: Candidate, reports: frozenset[str]) -> tuple[str, str]:
    if not reports.isdisjoint(one.keys):
        return "included", ""
    first, full = project.outcome(one, "title-abstract"), project.outcome(one, "full-text")
    if first.state in ("exclude", "automation"):
        return ("automation" if first.state == "automation" else "excluded"), ""
    if first.state == "include" and full.state in ("exclude", "not retrieved"):
        return ("not retrieved", "") if full.state == "not retrieved" else ("excluded in full text", full.reason)
    return "waiting", ""


def _derived(ledger: Ledger) -> Flow:
    looked_at = ledger.publications - ledger.automation
    sought = looked_at - ledger.excluded
    assessed = sought - ledger.not_retrieved
    return Flow(
        identified=ledger.records,
        registers=ledger.registers,
        duplicates=ledger.records - ledger.publications,
        automation=ledger.automation,
        screened=looked_at,
        excluded=ledger.excluded,
        sought=sought,
        not_retrieved=ledger.not_retrieved,
        assessed=assessed,
        exclusions=ledger.exclusions,
        included_reports=assessed - sum(one.n for one in ledger.exclusions),
        included_studies=ledger.included_studies,
    )
