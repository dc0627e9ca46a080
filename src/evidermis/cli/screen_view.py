"""What a person sees while screening: criteria, the record with the review's words marked, and how far they are."""

import textwrap
from collections.abc import Sequence

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from evidermis.cli.printing import plain
from evidermis.evidence.protocol import Protocol
from evidermis.evidence.record import Record
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.review.screening.sitting import Progress, Sitting, Waiting
from evidermis.screening.highlighting import marks

__all__ = ["reasons_told", "show_candidate", "show_criteria", "show_help", "told_progress"]

# Colour and a second sign, for those who do not see the colour.
_STYLES = {
    "source": "bold magenta",
    "route": "bold cyan",
    "outcome": "bold green",
    "people": "bold yellow",
    "design": "bold underline",
}
_KEYS = (
    ("i", "include"),
    ("e", "exclude"),
    ("1-9", "exclude for that reason"),
    ("m", "maybe"),
    ("x", "full text not retrieved"),
    ("n", "note"),
    ("s", "later"),
    ("u", "undo"),
    ("c", "criteria"),
    ("?", "help"),
    ("q", "quit"),
)


def show_criteria(out: Console, protocol: Protocol) -> None:
    """The question, the criteria and the numbered reasons for leaving a record out."""
    out.print(Rule("criteria", style="dim"))
    out.print(plain(protocol.question.text), style="bold")
    for one in protocol.eligibility:
        out.print(plain(f"  - {one}"))
    out.print(plain("  ".join(f"{n} {reason}" for n, reason in enumerate(protocol.screening.reasons[:9], 1))))


def show_help(out: Console, sitting: Sitting) -> None:
    """The keys that mean something at this stage."""
    hidden = {"x"} if sitting.stage == "title-abstract" else {"e"}
    out.print(plain("  ".join(f"[{key}] {what}" for key, what in _KEYS if key not in hidden)), style="dim")
    legend = Text("marked: ")
    for kind, style in _STYLES.items():
        legend.append(kind, style=style).append("  ")
    out.print(legend)


def show_candidate(out: Console, waiting: Waiting, sitting: Sitting, vocabulary: Vocabulary) -> None:
    """One record, as it is decided on."""
    record = waiting.record
    new = "  NEW since your last visit" if waiting.is_new else ""
    out.print(Rule(f"{len(sitting)} left{new}", style="dim"))
    out.print(_marked(record.title or "[no title]", vocabulary, "bold"))
    out.print(plain(_source_line(record, len(waiting.candidate.keys))), style="dim")
    for section in record.abstract:
        label = f"{section.label}: " if section.label else ""
        out.print(_marked(label + section.text, vocabulary))
    if not record.abstract:
        out.print(plain("no abstract"), style="italic")
    if subjects := "; ".join((*record.keywords, *(one.descriptor for one in record.headings))):
        out.print(_marked(textwrap.shorten(subjects, 400, placeholder=" …"), vocabulary, "dim"))
    for one in waiting.said:
        told = f"{one.author.removeprefix('human:')} said {one.answer}{': ' if one.reason else ''}{one.reason}"
        out.print(plain(told), style="bold yellow")
    for one in waiting.notes:
        if sitting.settling or one.author == sitting.person:
            out.print(plain(f"note, {one.author.removeprefix('human:')}: {one.reason}"), style="yellow")


def told_progress(now: Progress) -> str:
    """How far somebody is, in one line."""
    recall = now.recall
    since = f" since {now.since:%Y-%m-%d}, when records joined" if now.since else ""
    sure = f"recall about {recall.estimate:.0%}, at least {recall.low:.0%}{since}"
    verdict = "the rule says STOP" if now.stop.stop else "read on"
    return f"{now.read} read, {now.relevant} relevant, {now.left} left; {sure}; {verdict} ({now.rule.name}: {now.stop.because})"


def reasons_told(reasons: Sequence[str]) -> str:
    """The reasons by their keys, in one line."""
    return "  ".join(f"[{n}] {reason}" for n, reason in enumerate(reasons[:9], 1))


def _source_line(record: Record, members: int) -> str:
    names = [author.family for author in record.authors]
    authors = f"{', '.join(names[:3])}{' et al.' if len(names) > 3 else ''}"
    several = f"{members} records of one publication" if members > 1 else ""
    ids = " ".join(f"{one.scheme}:{one.value}" for one in record.identifiers[:3])
    parts = (authors, record.journal, str(record.year or ""), ", ".join(record.publication_types), ids, several)
    return " · ".join(part for part in parts if part)


def _marked(text: str, vocabulary: Vocabulary, style: str = "") -> Text:
    shown = plain(text)
    shown.stylize(style)
    for mark in marks(shown.plain, vocabulary):
        shown.stylize(_STYLES[mark.kind], mark.start, mark.end)
    return shown
