"""`publish`: every file of a review's page, from values alone."""

import datetime
from dataclasses import replace

from evidermis.appraisal import Appraisal
from evidermis.evidence.change import Published
from evidermis.evidence.freshness import Freshness, called, freshness
from evidermis.evidence.inert import written_table
from evidermis.evidence.protocol import Protocol
from evidermis.evidence.record_link import RecordLink
from evidermis.evidence.review import Review
from evidermis.evidence.trial import TrialEvent
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.formats import write_bibtex, write_csl, write_ris
from evidermis.publishing.bodies import combined
from evidermis.publishing.chain_picture import chain_picture
from evidermis.publishing.change_log import ToldVersion, told_versions
from evidermis.publishing.document import review_document, review_schema
from evidermis.publishing.effect_picture import effect_picture
from evidermis.publishing.evidence_map import evidence_map
from evidermis.publishing.feeds import change_log_text, feeds
from evidermis.publishing.findings_summary import summary_as_csv, summary_as_json, summary_of_findings
from evidermis.publishing.linked_data import linked_data
from evidermis.publishing.ordering import in_order
from evidermis.publishing.page import page
from evidermis.statistics import Synthesis

__all__ = ["publish"]


def publish(
    review: Review,
    appraisal: Appraisal,
    synthesis: Synthesis,
    links: tuple[RecordLink, ...],
    vocabulary: Vocabulary,
    *,
    made_by: str,
    today: datetime.date,
    versions: tuple[Published, ...] = (),
    trials: tuple[TrialEvent, ...] = (),
) -> dict[str, bytes]:
    """The files of the page by their path below the site's folder. Equal inputs give equal bytes, in whatever order they
    were read.

    `index.html` is complete by itself; beside it stand the figures, their data, `review.json` with its schema, and the
    references for reference managers. `today` only decides whether the page says that a search is overdue. `versions` are
    those that readers saw, this one last; the page shows its number and day, and what each changed. `trials` are what befell
    the trials that are watched.
    """
    review, appraisal = in_order(_as_published(review, versions), appraisal)
    together = combined(synthesis, review, vocabulary)
    pictures = (
        evidence_map(review, appraisal, vocabulary),
        effect_picture(review, synthesis, vocabulary),
        chain_picture(review, appraisal),
        *together.pictures,
    )
    summary = summary_of_findings(review, appraisal, synthesis, vocabulary)
    records = [reference.record for reference in review.references]
    told = told_versions(versions, review, vocabulary)
    fresh = freshness(review.protocol, today)
    files = {
        "index.html": page(
            review,
            appraisal,
            vocabulary,
            pictures,
            together,
            links,
            summary,
            told,
            trials,
            linked_data(review, appraisal, fresh).decode("utf-8"),
            made_by=made_by,
            today=today,
        ).encode("utf-8"),
        "review.json": review_document(review, appraisal, synthesis, made_by),
        "review.schema.json": review_schema(),
        "references.ris": write_ris(records).encode("utf-8"),
        "references.bib": write_bibtex(records).encode("utf-8"),
        "references.json": write_csl(records).encode("utf-8"),
        "data/claims.csv": _claims(review, appraisal),
        "data/summary-of-findings.csv": summary_as_csv(summary),
        "data/summary-of-findings.json": summary_as_json(summary),
    }
    files |= _news(review.protocol, told, fresh)
    for picture in pictures:
        files[f"figures/{picture.name}.svg"] = picture.alone.encode("utf-8")
        files[f"data/{picture.name}.csv"] = picture.csv
    return files


def _news(protocol: Protocol, told: tuple[ToldVersion, ...], fresh: Freshness) -> dict[str, bytes]:
    """What changed, for those who follow the review, under the title that it may still bear."""
    followed = replace(protocol, title=called(protocol.title, fresh))
    return {"changes.txt": change_log_text(followed, told), **feeds(followed, told)}


def _as_published(review: Review, versions: tuple[Published, ...]) -> Review:
    """The review under the version that it is published as."""
    if not versions:
        return review
    this = versions[-1]
    return replace(review, protocol=replace(review.protocol, version=this.version, published=this.day))


def _claims(review: Review, appraisal: Appraisal) -> bytes:
    head = ("claim", "text", "setting", "verdict", "certainty", "directness", "people", "controlled_people", "families")
    rows = [
        (c.id, c.text, c.setting, a.verdict, a.certainty, a.directness, a.people, a.controlled_people, len(a.families))
        for c in review.protocol.claims
        for a in (appraisal.claim(c.id),)
    ]
    return written_table(head, rows)
