"""What search engines and archives read: schema.org ClaimReview and Dataset (JSON-LD), and the metadata of an RO-Crate 1.1.

The rating is the verdict's place on the ladder of verdicts, 1 (contradicted) to 6 (supported), under the verdict's own name.
Without an address in the protocol, addresses are relative to the page's folder. A ClaimReview has what Google asks for
(`claimReviewed`, `reviewRating`, `url`), a Dataset its `name` and a `description` of 50 characters or more.
"""

from collections.abc import Iterable

from evidermis.appraisal import Appraisal
from evidermis.evidence.freshness import Freshness, called
from evidermis.evidence.inert import clean, json_file, link
from evidermis.evidence.ladders import VERDICTS
from evidermis.evidence.review import Review
from evidermis.publishing.wording import short_words

__all__ = ["crate_metadata", "linked_data"]

Json = dict[str, object]
# A table of our own: what a machine knows of endings differs from the next.
_FORMS = {
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_CRATE = "https://w3id.org/ro/crate/1.1"
# RO-Crate asks for a licence, and a review has none of its own to tell.
_NO_LICENCE = "No licence is stated: ask the authors of the review"


def linked_data(review: Review, appraisal: Appraisal, fresh: Freshness) -> bytes:
    """A ClaimReview for each claim and one Dataset, as JSON that can stand in a page: no < is in it."""
    protocol = review.protocol
    base = link(protocol.url)
    graph: list[Json] = [_claim_review(review, appraisal, claim.id, base) for claim in protocol.claims]
    graph.append(_dataset(review, base, fresh))
    return json_file({"@context": "https://schema.org", "@graph": graph}).replace(b"<", b"\\u003c")


def _publisher(review: Review) -> list[Json]:
    return [{"@type": "Person", "name": clean(one.name)} for one in review.protocol.people] or [
        {"@type": "Organization", "name": clean(review.protocol.name)}
    ]


def _claim_review(review: Review, appraisal: Appraisal, claim_id: str, base: str) -> Json:
    claim, answer = review.claim(claim_id), appraisal.claim(claim_id)
    text = clean(claim.text) if claim else claim_id
    rating = {
        "@type": "Rating",
        "ratingValue": VERDICTS.index(answer.verdict) + 1,
        "worstRating": 1,
        "bestRating": len(VERDICTS),
        "alternateName": f"{answer.verdict}, certainty {answer.certainty}",
    }
    told: Json = {
        "@type": "ClaimReview",
        "claimReviewed": text,
        "reviewRating": rating,
        "reviewBody": clean(answer.statement),
        "author": _publisher(review),
        "datePublished": review.protocol.published.isoformat(),
        "itemReviewed": {"@type": "Claim", "text": text},
    }
    return told | {"url": f"{_root(base)}index.html#claim:{claim_id}"}


def _dataset(review: Review, base: str, fresh: Freshness) -> Json:
    protocol = review.protocol
    files = ("review.json", "data/claims.csv", "data/summary-of-findings.csv", "references.json")
    root = _root(base)
    told: Json = {
        "@type": "Dataset",
        "name": called(clean(protocol.title), fresh),
        "description": _description(review),
        "version": protocol.version,
        "dateModified": protocol.published.isoformat(),
        "creator": _publisher(review),
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{root}{name}", "encodingFormat": _form(name)} for name in files
        ],
    }
    return told | ({"url": base} if base else {})


def _root(base: str) -> str:
    return f"{base.rstrip('/')}/" if base else ""


def _description(review: Review) -> str:
    words = short_words("linked_data")
    counts = {"claims": len(review.protocol.claims), "studies": len(review.studies)}
    return f"{clean(review.protocol.question.text)} {words['description'].format(**counts)}".strip()


def crate_metadata(review: Review, files: Iterable[str], made_by: str) -> bytes:
    """`ro-crate-metadata.json` for a folder with these files (paths below it)."""
    protocol = review.protocol
    names = sorted(files)
    people = [(f"#person-{at}", clean(one.name)) for at, one in enumerate(protocol.people)]
    graph: list[Json] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": _CRATE},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": clean(protocol.title),
            "description": clean(protocol.question.text),
            "version": protocol.version,
            "datePublished": protocol.published.isoformat(),
            "license": {"@id": "#license"},
            **_authors([name for name, _ in people]),
            "hasPart": [{"@id": name} for name in names],
        },
        {"@id": "#license", "@type": "CreativeWork", "name": "Not stated", "description": _NO_LICENCE},
        *({"@id": name, "@type": "Person", "name": text} for name, text in people),
        {"@id": "#program", "@type": "SoftwareApplication", "name": made_by},
        *({"@id": name, "@type": "File", "encodingFormat": _form(name)} for name in names),
    ]
    return json_file({"@context": f"{_CRATE}/context", "@graph": graph})


def _authors(names: list[str]) -> Json:
    """One alone or a list, as RO-Crate's flattened JSON-LD has it; nothing where nobody is named."""
    linked = [{"@id": name} for name in names]
    return {"author": linked[0] if len(linked) == 1 else linked} if linked else {}


def _form(name: str) -> str:
    return _FORMS.get(name[name.rfind(".") :], "application/octet-stream")
