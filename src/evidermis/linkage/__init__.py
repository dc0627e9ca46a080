"""Which records are one: records into reports, reports into studies, studies into evidence families.

Both levels are reversible and explained: every link carries its reasons, every doubt is listed, and what a person has put
apart stays apart. Nothing is deleted.
"""

from evidermis.linkage.deciding import Decision, compared
from evidermis.linkage.duplicates import Doubt, Link, Reports, duplicate_reports
from evidermis.linkage.families import StudyFacts, evidence_families, study_facts
from evidermis.linkage.grouping import Grouping, PairJudgements, grouped
from evidermis.linkage.links import record_links
from evidermis.linkage.merging import report_record
from evidermis.linkage.studies import ReportFacts, StudyLink, linked_studies

__all__ = [
    "Decision",
    "Doubt",
    "Grouping",
    "Link",
    "PairJudgements",
    "ReportFacts",
    "Reports",
    "StudyFacts",
    "StudyLink",
    "compared",
    "duplicate_reports",
    "evidence_families",
    "grouped",
    "linked_studies",
    "record_links",
    "report_record",
    "study_facts",
]
