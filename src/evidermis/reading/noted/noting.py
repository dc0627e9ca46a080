"""What a report says, noted as codes of the vocabulary and wordings: each thing once, at the place where it is first said.

Doses are read whole. A code that yields to a closer one is left out where that one is said, and outcomes are called by the rung.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from evidermis.evidence.ladders import Rung
from evidermis.reading.facts import Noted
from evidermis.reading.noted.doses import doses_in
from evidermis.reading.text import Passage, Seen, bench_outcomes

__all__ = ["features_noted", "noted_in", "on_rung"]

# Kinds that are noted as they are said; the values of the first are codes alone, of the others the wording itself.
_CODED = ("source", "route", "outcome", "instrument", "population", "cargo", "result")
_WORDED = ("regimen", "people_fact")
# A report says its schedule or its people in parts; more wordings than this of one kind say it again.
_MOST_WORDINGS = 4
_BENCH_RUNGS: tuple[Rung, ...] = ("in-vitro", "ex-vivo", "animal")


def features_noted(seen: Iterable[Seen]) -> list[Noted]:
    """Each feature once, where it is first said."""
    found: dict[str, Noted] = {}
    for one in seen:
        kind, _, code = one.cue.code.partition(".")
        if one.cue.code not in found:
            found[one.cue.code] = Noted(kind, code, one.quote, rule=one.cue.name or one.cue.code)
    return list(found.values())


def noted_in(seen: dict[str, list[Seen]], prose: Iterable[Passage]) -> list[Noted]:
    """Each code of each kind once, and each wording of a regimen or of the people once, where it is first said.

    Codes with a dot bring their own kind. A code that yields to another is left out where that one is said.
    """
    found: list[Noted] = []
    for kind in (kind for kind in _CODED if seen[kind]):
        told: set[str] = set()
        said = {one.cue.code for one in seen[kind]}
        for one in seen[kind]:
            if one.cue.code not in told and said.isdisjoint(one.cue.unless):
                told.add(one.cue.code)
                before, dot, after = one.cue.code.partition(".")
                found.append(
                    Noted(before if dot else kind, after if dot else before, one.quote, "", one.cue.name or kind)
                )
    for kind in (kind for kind in _WORDED if seen[kind]):
        wordings: set[tuple[str, str]] = set()
        counts: Counter[str] = Counter()
        ends: dict[tuple[str, str], int] = {}
        for one in seen[kind]:
            code = one.cue.code
            at = (code, one.passage.field)
            # What stands inside a longer wording is no wording of its own.
            if counts[code] >= _MOST_WORDINGS or one.first <= ends.get(at, -1):
                continue
            quote = one.quote
            key = (code, quote.text.casefold())
            if key not in wordings:
                wordings.add(key)
                counts[code] += 1
                ends[at] = one.last
                before, dot, after = code.partition(".")
                noted_as, name = (before, after) if dot else (kind, before)
                found.append(Noted(noted_as, name, quote, quote.text, one.cue.name or kind))
    return found + _doses(prose)


def _doses(prose: Iterable[Passage]) -> list[Noted]:
    """Each dose once, where it is first told."""
    found: dict[str, Noted] = {}
    for passage in prose:
        for one in doses_in(passage):
            found.setdefault(one.value, one)
    return list(found.values())


def on_rung(noted: list[Noted], rung: Rung | None) -> list[Noted]:
    """Outcomes by the rung: what the same words mean in cells or animals there, and not in people."""
    bench = bench_outcomes()
    told = {one.code for one in noted if one.kind == "outcome"}
    if rung not in _BENCH_RUNGS:
        meant = {bench[code] for code in told if code in bench}
        return [one for one in noted if one.kind != "outcome" or one.code not in meant]
    found: list[Noted] = []
    for one in noted:
        code = bench.get(one.code, one.code)
        if one.kind != "outcome" or code == one.code:
            found.append(one)
        elif code not in told:
            told.add(code)
            found.append(replace(one, code=code))
    return found
