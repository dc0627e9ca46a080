"""A *reference*: a record as a person writes it by hand in `records/curated.toml`, and the `Record` it stands for."""

import re
from typing import Literal

from evidermis.evidence.record import Author, Identifier, Notice, NoticeState, Record
from evidermis.evidence.written import written

__all__ = ["Reference"]

# The trailing initials of an author as PubMed prints them: "Cho BS", "van der Berg A-M".
_INITIALS = re.compile(r"^(?P<family>.+?)\s+(?P<given>[A-ZÀ-Þ][A-ZÀ-Þ.\-]{0,5})$")


@written
class Reference:
    """One hand-written entry. Authors are "Family IN" or a group's name; identifiers are bare (no `https://doi.org/`)."""

    id: str
    title: str
    kind: Literal[
        "article", "preprint", "registration", "conference-abstract", "notice", "news", "web page", "other"
    ] = "article"
    authors: tuple[str, ...] = ()
    more_authors: bool = False
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    registration: str = ""
    url: str = ""
    design: str = ""
    about_vesicles: bool | None = None
    about_skin: bool | None = None
    notice: NoticeState = "none"
    notice_doi: str = ""
    verified: bool = False
    note: str = ""

    @property
    def record(self) -> Record:
        """The record this entry stands for; an author without initials is kept whole as the family name."""
        scheme = "nct" if self.registration.startswith("NCT") else "registration"
        named = (
            ("doi", self.doi.lower()),
            ("pmid", self.pmid),
            ("pmcid", self.pmcid),
            (scheme, self.registration),
        )
        notices = ()
        if self.notice != "none":
            notices = (Notice(self.notice, (Identifier("doi", self.notice_doi),) if self.notice_doi else ()),)
        return Record(
            title=self.title,
            source="hand",
            source_id=self.id,
            kind=self.kind,
            authors=tuple(_author(name) for name in self.authors),
            journal=self.journal,
            year=self.year,
            date=str(self.year) if self.year else "",
            volume=self.volume,
            issue=self.issue,
            pages=self.pages,
            identifiers=tuple(Identifier(scheme, value) for scheme, value in named if value),
            registrations=(self.registration,) if self.registration else (),
            notices=notices,
            url=self.url,
        )


def _author(name: str) -> Author:
    found = _INITIALS.match(name)
    return Author(found["family"], found["given"]) if found else Author(name)
