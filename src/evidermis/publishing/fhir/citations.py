"""Records as Citation: what is known of each, under the identifiers that others know it by."""

from evidermis.evidence.inert import link
from evidermis.evidence.reference import Reference
from evidermis.publishing.fhir.terms import Json, Namer, coded, compact, said, worded

__all__ = ["citation"]

_SYSTEMS = {
    "doi": "https://doi.org",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc",
    "nct": "https://clinicaltrials.gov",
}


def citation(reference: Reference, name: Namer) -> Json:
    """One record. A retracted one says so as the state of what it cites."""
    title = said(reference.title)
    return compact(
        {
            "resourceType": "Citation",
            "id": name("citation", reference.id),
            "status": "active",
            "title": title,
            "citedArtifact": compact(
                {
                    "identifier": _identifiers(reference),
                    "title": [{"text": title}] if title else [],
                    "currentState": [coded("cited-artifact-status-type", "retracted")]
                    if reference.notice == "retracted"
                    else [],
                    "publicationForm": _published(reference),
                    "webLocation": [{"url": link(reference.url)}] if link(reference.url) else [],
                    "classification": [{"type": worded("kind"), "classifier": [worded(reference.kind)]}],
                    "contributorship": _people(reference),
                    "note": [{"text": f"A notice was published: {reference.notice}"}]
                    if reference.notice in ("corrected", "concern")
                    else [],
                }
            ),
        }
    )


def _identifiers(reference: Reference) -> list[Json]:
    return [
        compact(
            {
                "type": None if one.scheme in _SYSTEMS else worded(one.scheme),
                "system": _SYSTEMS.get(one.scheme),
                "value": said(one.value),
            }
        )
        for one in reference.record.identifiers
        if said(one.value)
    ]


def _published(reference: Reference) -> list[Json]:
    form = compact(
        {
            "publishedIn": compact({"title": said(reference.journal)}),
            "articleDate": f"{reference.year:04d}" if reference.year else None,
            "volume": said(reference.volume),
            "issue": said(reference.issue),
            "pageString": said(reference.pages),
        }
    )
    return [form] if form else []


def _people(reference: Reference) -> Json:
    """Authors as one line; where more are known to exist than are named, the list says that it is not whole."""
    names = [text for name in reference.authors if (text := said(name))]
    if not names:
        return {}
    line = ", ".join([*names, "et al."] if reference.more_authors else names)
    return compact(
        {
            "complete": False if reference.more_authors else None,
            "summary": [{"type": worded("authors"), "value": line}],
        }
    )
