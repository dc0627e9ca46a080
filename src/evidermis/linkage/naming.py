"""Records that say which other record they belong to: a notice its work, a registration its results, a preprint its article.

Databases write such relations beside the record: PubMed as `ErratumFor: … PMID: 123`, Crossref as updates of a DOI,
ClinicalTrials.gov as the articles of its results. Comments and replies are works of their own and are not followed.
"""

import re
from dataclasses import dataclass

from evidermis.evidence.record import Record

__all__ = ["Naming", "naming"]

# The word before the relation's direction; spaces may be missing, as in PubMed's own names of relations.
_RELATION = re.compile(
    r"(addendum|corrected ?and ?republished|correction|corrigendum|erratum|expression ?of ?concern|original ?report"
    r"|partial ?retraction|reinstatement|removal|republished|results|retracted ?and ?republished|retraction"
    r"|summary ?for ?patients|update|withdrawal)"
    r" ?(for|from|in|of)\b:?",
    re.IGNORECASE,
)
_PMID = re.compile(r"PMID: ?(\d{1,9})\b")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;]+")


@dataclass(frozen=True, slots=True)
class Naming:
    """`own` are a record's names; `about` are those of works that it says it is about, `notices` those of works about it."""

    own: frozenset[str]
    about: frozenset[str]
    notices: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """All names, to find the records that share one."""
        return self.own | self.about | self.notices


def naming(record: Record) -> Naming:
    """The names that a record tells, as `pmid:123` and `doi:10.…`."""
    own = {f"{one.scheme}:{one.value.lower()}" for one in record.identifiers if one.scheme in ("pmid", "doi")}
    about: set[str] = set()
    notices = {f"{n.scheme}:{n.value.lower()}" for notice in record.notices for n in notice.identifiers}
    for note in record.notes:
        if found := _RELATION.match(note):
            names = {f"pmid:{number}" for number in _PMID.findall(note)}
            names |= {f"doi:{doi.rstrip('.,)').lower()}" for doi in _DOI.findall(note)}
            is_result = found[1].lower() == "results"
            (notices if found[2].lower() == "in" and not is_result else about).update(names)
    return Naming(frozenset(own), frozenset(about - own), frozenset(notices - own))
