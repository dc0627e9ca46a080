"""The PRISMA numbers of a review, from what its folder itself knows: records, links between them, and decisions.

`[flow]` in `review.toml` holds what people counted; the ledger of the folder is held against it. Without `[flow]` the ledger
alone gives the numbers, once every publication has been decided on.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidermis.appraisal.body import retracted_studies
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.protocol import Exclusion, Flow
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.library import kept_files
from evidermis.publishing.prisma import flow_faults
from evidermis.review.linking import grouped_review

__all__ = ["Ledger", "ledger_of", "told_flow"]

_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the folder counts. `waiting` are publications that nobody has decided on and that no study reports."""

    records: int
    publications: int
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
        held = (
            ("identified", written.identified, "records", ledger.records),
            ("included reports", written.included_reports, "reports of included studies", ledger.included_reports),
            ("included studies", written.included_studies, "included studies", ledger.included_studies),
        )
        faults = [f"{name} is {n}, but the folder holds {there} {what}" for name, n, what, there in held if n != there]
        return written, (*flow_faults(written), *faults)
    if ledger.waiting:
        return None, (f"{ledger.waiting} publications wait for a decision, so the flow cannot be closed",)
    flow = _derived(ledger)
    return flow, flow_faults(flow)


def ledger_of(folder: Path, review: Review) -> Ledger:
    """Count a folder's records, publications and decisions."""
    reports, studies = _included(review)
    has_library = (folder / "library.db").exists() or bool(kept_files(folder / "records"))
    clusters = grouped_review(folder).reports.clusters if has_library else tuple((one.id,) for one in review.references)
    last = _decisions(review.judgements)
    states = Counter[str]()
    reasons = Counter[str]()
    for cluster in clusters:
        state, reason = _state(cluster, reports, last)
        states[state] += 1
        if state == "excluded in full text":
            reasons[reason] += 1
    return Ledger(
        records=sum(map(len, clusters)),
        publications=len(clusters),
        excluded=states["excluded"],
        not_retrieved=states["not retrieved"],
        exclusions=tuple(Exclusion(reason=reason, n=n) for reason, n in sorted(reasons.items())),
        waiting=states["waiting"],
        included_reports=len(reports),
        included_studies=studies,
    )


def _included(review: Review) -> tuple[frozenset[str], int]:
    """The records of studies that count, and how many studies: neither summaries of others nor retracted ones."""
    designs = {term.code: term for term in bundled_vocabulary().designs}
    gone = retracted_studies(review)
    counted = [s for s in review.studies if s.id not in gone and not designs[s.design].synthesis]
    return frozenset(report.record for study in counted for report in study.reports), len(counted)


def _decisions(judgements: Iterable[Judgement]) -> dict[tuple[str, str], tuple[str, str]]:
    """The last decision of people on the start of a key at a stage, with its reason; a settlement outranks the rest."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    order = sorted(judgements, key=lambda one: (one.about.startswith("settling:"), one.time, one.id))
    for one in order:
        kind, _, rest = one.about.partition(":")
        stage, _, key = rest.partition("/")
        if kind not in ("screening", "settling") or not one.author.startswith("human:") or one.decision == "note":
            continue
        if one.decision == "undo":
            found.pop((stage, key[:_SHORTEST]), None)
        else:
            found[stage, key[:_SHORTEST]] = one.decision, one.reason
    return found


def _state(
    cluster: tuple[str, ...], reports: frozenset[str], last: dict[tuple[str, str], tuple[str, str]]
) -> tuple[str, str]:
    if reports & set(cluster):
        return "included", ""
    keys = [key[:_SHORTEST] for key in cluster]
    full = next((last["full-text", key] for key in keys if ("full-text", key) in last), None)
    first = next((last["title-abstract", key] for key in keys if ("title-abstract", key) in last), None)
    if full is not None and full[0] in ("exclude", "not retrieved"):
        return ("not retrieved", "") if full[0] == "not retrieved" else ("excluded in full text", full[1])
    if first is not None and first[0] == "exclude":
        return "excluded", ""
    return "waiting", ""


def _derived(ledger: Ledger) -> Flow:
    sought = ledger.publications - ledger.excluded
    assessed = sought - ledger.not_retrieved
    return Flow(
        identified=ledger.records,
        duplicates=ledger.records - ledger.publications,
        screened=ledger.publications,
        excluded=ledger.excluded,
        sought=sought,
        not_retrieved=ledger.not_retrieved,
        assessed=assessed,
        exclusions=ledger.exclusions,
        included_reports=assessed - sum(one.n for one in ledger.exclusions),
        included_studies=ledger.included_studies,
    )
