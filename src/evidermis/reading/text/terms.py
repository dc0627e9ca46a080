"""The coded vocabulary (sources, routes, outcomes, instruments, populations, cargo) as cues, so that its words are read too.

A term's synonyms are phrases already. Its cues are regular expressions of a small kind, which say the same as phrases:
joined or parted words, endings left open, alternatives. Turning them into phrases keeps reading to one linear pass.
"""

import re
from collections.abc import Iterable
from functools import cache

from evidermis.evidence.errors import BadInput
from evidermis.evidence.vocabulary import (
    Cargo,
    Instrument,
    Outcome,
    Population,
    Route,
    Source,
    Vocabulary,
    bundled_vocabulary,
)
from evidermis.reading.text.cues import Cue, Cues, bundled_cue_files

__all__ = ["bench_outcomes", "bundled_cues", "phrases_of_expression", "vocabulary_cues"]

_Term = Source | Route | Outcome | Instrument | Population | Cargo
_UNREAD = re.compile(r"[\[\]{}^$+\\.]")


def vocabulary_cues(vocabulary: Vocabulary) -> dict[str, tuple[Cue, ...]]:
    """Cues by kind (`source`, `route` …), one for each term that has words; `code` is the term's code."""
    kinds: dict[str, Iterable[_Term]] = {
        "source": vocabulary.sources,
        "route": vocabulary.routes,
        "outcome": vocabulary.outcomes,
        "instrument": vocabulary.instruments,
        "population": vocabulary.populations,
        "cargo": vocabulary.cargo,
    }
    return {kind: tuple(cue for term in terms if (cue := _cue(term))) for kind, terms in kinds.items()}


def _cue(term: _Term) -> Cue | None:
    phrases = [_plain(synonym) + "s?" for synonym in term.synonyms if _plain(synonym)]
    for expression in term.cues:
        phrases += phrases_of_expression(expression)
    unless = term.yields_to if isinstance(term, Source | Route) else ()
    return Cue(code=term.code, phrases=tuple(dict.fromkeys(phrases)), unless=unless) if phrases else None


def phrases_of_expression(expression: str) -> list[str]:
    """The phrases that say what a term's regular expression says. `BadInput` where it uses more than phrases can say.

    Without a closing word border the last word's ending is open: `adipose` is also "adiposederived", `scar` also "scars".
    """
    is_whole = expression.endswith("\\b")
    text = (
        expression.replace("\\b", "").replace("[- ]", " ").replace("\\d+", " #").replace(":?", " ").replace("(?:", "(")
    )
    joined = {text.replace("-?", part).replace(" ?", part) for part in (" ", "")}
    found: list[str] = []
    for phrase in sorted(joined):
        if _UNREAD.search(phrase):
            raise BadInput(
                f"the cue {expression!r} says more than a phrase can", mend="write it with words, | and ? alone"
            )
        ended = phrase if is_whole or phrase.endswith(("#", ")", "?")) else phrase + "*"
        found.append(ended.strip().lower())
    return found


@cache
def bench_outcomes() -> dict[str, str]:
    """Codes of outcomes in people, and the outcome that the same words mean in cells or animals."""
    return {one.code: one.on_bench for one in bundled_vocabulary().outcomes if one.on_bench}


def _plain(synonym: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]", " ", synonym.lower()).split())


@cache
def bundled_cues() -> Cues:
    """All cues that come with the package: the cue files and the words of the coded vocabulary."""
    files, terms = bundled_cue_files(), vocabulary_cues(bundled_vocabulary())
    return Cues({kind: files.get(kind, ()) + terms.get(kind, ()) for kind in sorted(files.keys() | terms.keys())})
