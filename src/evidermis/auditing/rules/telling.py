"""Rules on wording: absolutes, names beyond their definition, advice beside unknown harm, wording that markets regulate."""

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import TypeAdapter

from evidermis.auditing.case import Case
from evidermis.auditing.finding import Found
from evidermis.auditing.rules.rule import Rule
from evidermis.auditing.statements import Statement
from evidermis.reading import Cue, Cues, cues_from, passages_of

__all__ = ["TELLING"]

_OPENS = frozenset({"opened", "ablated", "damaged"})


@dataclass(frozen=True, slots=True)
class _Market:
    """What a market's rules say of a wording, with its source and the day it was read."""

    code: str
    market: str
    reason: str
    source: str
    read_on: datetime.date
    status: str


@cache
def _markets() -> tuple[_Market, ...]:
    text = (resources.files("evidermis.auditing") / "cues" / "markets.toml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[_Market, ...]).validate_python(tomllib.loads(text)["markets"])


@cache
def _names() -> tuple[Cues, dict[str, Cue]]:
    text = (resources.files("evidermis.auditing") / "cues" / "names.toml").read_text(encoding="utf-8")
    cues = cues_from(text, "auditing/cues/names.toml")
    return Cues({"name": cues}), {cue.code: cue for cue in cues}


def absolute(case: Case) -> Iterator[Found]:
    """All, always, never, proven."""
    for one in case.statements:
        if "absolute" in one.codes and not one.is_question and one.voice != "study" and "limit" not in one.codes:
            yield case.at(
                one,
                "It is put without exception, which no study of a part of the cases can show.",
                "Say most, many, or in which cases.",
                one.cites,
            )


def names(case: Case) -> Iterator[Found]:
    """A word used beyond its definition."""
    cues, told = _names()
    for one in case.statements:
        seen = cues.seen(passages_of((("abstract", one.text),)))["name"]
        for code in dict.fromkeys(found.cue.code for found in seen):
            reason, _, better = told[code].note.partition(" Better: ")
            if any(stem in one.block.text.casefold() for stem in told[code].name.split()):
                yield case.at(one, reason, better or "Use the defined word.", one.cites)


def advice(case: Case) -> Iterator[Found]:
    """Use recommended where exposure is highest while harm is told to be unknown, or nothing is cited for it."""
    barrier = {route.code: route.barrier for route in case.vocabulary.routes}
    unsure = [one for one in case.statements if one.speaks_of("safety") and {"limit", "hedge"} & one.codes]
    for one in case.statements:
        opened = any(barrier.get(code) in _OPENS for code in one.routes)
        if (
            "advice" in one.codes
            and opened
            and not one.cites
            and "consult" not in one.codes
            and one.speaks_of("benefit")
        ):
            also = " Elsewhere harm is told to be unsettled." if unsure else ""
            yield case.at(
                one,
                f"It recommends use on opened skin, where most gets in, and names no evidence.{also}",
                "Weigh what is known of harm on opened skin beside the benefit, or leave the advice out.",
            )


def market(case: Case) -> Iterator[Found]:
    """Wording that rules of a market speak of. Information, not legal advice."""
    for one in case.statements:
        for rule in _markets():
            if rule.code in one.codes and _is_own(one):
                yield case.at(
                    one,
                    f"{rule.market}: {rule.reason} ({rule.source}, read on {rule.read_on}, {rule.status}). "
                    "Information, not legal advice.",
                    "Have the wording checked for the market where it is read.",
                )


def _is_own(one: Statement) -> bool:
    """Whether the article itself says it, rather than telling that it must not be said."""
    return not one.is_question and "limit" not in one.codes


TELLING: tuple[Rule, ...] = (
    Rule("absolute", 1, "absolute", "low", "A statement allows no exception.", absolute),
    Rule("name", 1, "name-beyond-definition", "low", "A word is used beyond its definition.", names),
    Rule("advice-on-opened-skin", 1, "advice", "medium", "Use on opened skin is recommended without evidence.", advice),
    Rule("market-wording", 1, "regulated-wording", "medium", "A market's rules speak of this wording.", market),
)
