"""Both levels over a collection of records: records into reports, reports into studies, as clusters that people can undo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidermis.evidence.record import Record
from evidermis.linkage.duplicates import Reports, duplicate_reports
from evidermis.linkage.studies import ReportFacts, StudyLink, linked_studies

__all__ = ["Grouping", "PairJudgements", "grouped"]

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PairJudgements:
    """What people have decided on pairs of keys. *Not one study* also says that they are not one publication."""

    one_publication: Pairs = ()
    not_one_publication: Pairs = ()
    not_one_study: Pairs = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """`studies` are clusters of keys as those of the reports, each report whole in one; every key stands in exactly one."""

    reports: Reports
    studies: tuple[tuple[str, ...], ...]
    study_links: tuple[StudyLink, ...]


def grouped(records: Sequence[tuple[str, Record]], judged: PairJudgements | None = None) -> Grouping:
    """Reports and studies among records, each given with a key of its own. The order of the records never matters."""
    decided = judged or PairJudgements()
    apart = (*decided.not_one_publication, *decided.not_one_study)
    reports = duplicate_reports(records, decided.one_publication, apart)
    _, links = linked_studies([ReportFacts(key, record) for key, record in records], decided.not_one_study)
    of = {key: cluster[0] for cluster in reports.clusters for key in cluster}
    between = tuple(link for link in links if of[link.one] != of[link.other])
    return Grouping(reports, _studies(reports.clusters, between, decided.not_one_study), between)


def _studies(
    clusters: tuple[tuple[str, ...], ...], links: tuple[StudyLink, ...], apart: Iterable[tuple[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """Reports joined by the links that were made, the strongest first; what a person put apart stays apart."""
    of = {key: cluster[0] for cluster in clusters for key in cluster}
    members = {cluster[0]: list(cluster) for cluster in clusters}
    kept = [pair for pair in apart if pair[0] in of and pair[1] in of]
    for link in sorted(links, key=lambda link: (-link.points, link.one, link.other)):
        one, other = sorted((of[link.one], of[link.other]))
        if not link.made or one == other or any({of[a], of[b]} == {one, other} for a, b in kept):
            continue
        for key in members[other]:
            of[key] = one
        members[one] += members.pop(other)
    return tuple(sorted(tuple(sorted(keys)) for keys in members.values()))
