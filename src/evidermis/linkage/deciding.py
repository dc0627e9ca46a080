"""Are two records one publication? Evidence for and against, added up in one place, each with its reason.

The weights are house figures in the manner of Fellegi and Sunter (1969, J Am Stat Assoc 64:1183): roughly the natural
logarithm of how much likelier an agreement or disagreement is among duplicates than among other works that came close enough
to be compared. They are kept round on purpose: finer ones fit a collection, not the world.
"""

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Literal

from rapidfuzz import fuzz

from evidermis.evidence.record import Record
from evidermis.linkage.preparing import Prepared, prepared

__all__ = ["Decision", "Verdict", "compared", "decide"]

Verdict = Literal["same", "ask", "different"]
# At or above the first the records are linked; between the two a person is asked.
SAME, ASK = 6.0, 3.0


# Everything of a record but the key that it goes by here.
_PARTS = attrgetter(*(field.name for field in fields(Prepared) if field.name != "key"))


@dataclass(frozen=True, slots=True)
class Decision:
    """What is thought of a pair, how strongly, and why. `reasons` are (what was compared, weight)."""

    verdict: Verdict
    weight: float
    reasons: tuple[tuple[str, float], ...]


def decide(one: Prepared, other: Prepared) -> Decision:
    """Compare two records; the order of the two never matters."""
    told = bool(one.title or one.doi or one.pmid)
    if told and one.title == other.title and _PARTS(one) == _PARTS(other):
        return Decision("same", 20.0, (("the same in every part", 20.0),))
    alike = _title_likeness(one, other)
    # A translated title can share nothing with its original; then only the same pages of the same volume speak for it.
    if alike < 0.62 and not (one.doi and one.doi == other.doi) and not _same_span(one, other):
        return Decision("different", -9.0, (("title", -9.0),))
    reasons = [
        ("title", _title_weight(one, other, alike)),
        ("place", _place(one, other)),
        ("journal", _journal(one, other)),
        ("year", _year(one, other)),
        ("authors", _authors(one, other)),
        ("identifier", _identifier(one, other, alike)),
        ("abstract", _abstract(one, other)),
    ]
    if all(weight <= 0 for name, weight in reasons if name in ("place", "journal", "identifier")):
        reasons.append(("nothing but title, authors and year", -1.0))
    if one.notices != other.notices:
        reasons.append(("a notice and its work", -8.0))
    if one.numbers != other.numbers and alike < 1.0:
        reasons.append(("numbers in the title", -4.0))
    weight = sum(w for _, w in reasons)
    verdict: Verdict = "same" if weight >= SAME else "ask" if weight >= ASK else "different"
    return Decision(verdict, weight, tuple((name, w) for name, w in reasons if w))


def compared(one: Record, other: Record) -> Decision:
    """The same of two records as they came."""
    return decide(prepared(one, "one"), prepared(other, "other"))


def _title_likeness(one: Prepared, other: Prepared) -> float:
    if one.title == other.title:
        return 1.0
    plain = fuzz.ratio(one.title, other.title)
    if plain < 90:
        plain = max(plain, 0.97 * fuzz.token_sort_ratio(one.title, other.title))
        short, long = sorted((one.title, other.title), key=len)
        # One title with a subtitle or with its translation behind it, the other without.
        if len(short) > 30 and short in long:
            plain = max(plain, 91.0)
    return plain / 100


def _title_weight(one: Prepared, other: Prepared, alike: float) -> float:
    length = min(len(one.words), len(other.words))
    if alike >= 0.97:
        return 5.0 if length >= 5 else 3.0 if length >= 3 else 1.0
    if alike >= 0.92:
        return 3.5 if length >= 5 else 1.5
    if alike >= 0.85:
        return 2.0
    return 0.0 if alike >= 0.75 else -3.0


def _same_span(one: Prepared, other: Prepared) -> bool:
    """True where both stand on the same three or more pages of the same volume: no two works do."""
    if not one.volume or one.volume != other.volume or not one.page or not one.last_page:
        return False
    if (one.page, one.last_page) != (other.page, other.last_page) or not (one.page + one.last_page).isdigit():
        return False
    return int(one.last_page) - int(one.page) >= 2


def _place(one: Prepared, other: Prepared) -> float:
    """Pages, volume and number: where in a journal the work stands."""
    weight = 0.0
    if one.page and other.page:
        if one.page == other.page:
            weight += 3.0
        elif one.last_page and one.last_page == other.last_page:
            weight += 2.0
        elif one.page.isdigit() and other.page.isdigit():
            weight -= 4.0
    if one.volume and other.volume:
        weight += 1.5 if one.volume == other.volume else -2.5
    if one.number and other.number:
        weight += 0.5 if one.number == other.number else -0.5
    return weight + (1.5 if _same_span(one, other) else 0.0)


def _journal(one: Prepared, other: Prepared) -> float:
    if not one.journal or not other.journal:
        return 0.0
    kinds = (_KINDS & set(one.journal), _KINDS & set(other.journal))
    if all(kinds) and not kinds[0] & kinds[1]:
        return -2.5
    if one.journal == other.journal or _abbreviates(one.journal, other.journal):
        return 1.5
    alike = fuzz.token_set_ratio(" ".join(one.journal), " ".join(other.journal))
    # The same letter in two journals is two works; a journal under a translated name is one, and its pages will say so.
    if alike >= 80:
        return 0.5
    return -1.0 if alike >= 50 else -2.5 if one.page and one.page == other.page else -3.5


# A journal and a workshop of one name are two places.
_KINDS = frozenset(["journal", "workshop", "conference", "symposium", "congress"])
_SMALL = frozenset(
    ["the", "of", "and", "for", "in", "on", "a", "an", "de", "la", "et", "und", "der", "die", "official", "journal"]
)


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where the words of the shorter name stand, in order and perhaps abbreviated, in the longer ("J Clin Invest")."""
    names = [[word for word in name if word not in _SMALL] for name in (one, other)]
    if any(_is_acronym(name, other) for name, other in (names, reversed(names))):
        return True
    few, many = sorted(names, key=lambda name: (len(name), name))
    if not few or (len(few) == 1 and len(many) > 1):
        return False
    words = iter(many)
    return all(any(_shortens(part, word) for word in words) for part in few)


def _is_acronym(one: list[str], other: list[str]) -> bool:
    """True where a name is one short word whose letters run through the other's ("AMCIS 2017 Proceedings")."""
    telling = [word for word in one if not word.isdigit() and word not in ("proceedings", "abstracts")]
    if len(telling) != 1 or not 3 <= len(telling[0]) <= 6 or len(other) < 3:
        return False
    letters = iter("".join(other))
    return telling[0][0] == other[0][0] and all(letter in letters for letter in telling[0])


def _shortens(one: str, other: str) -> bool:
    """True where the letters of the shorter word run through the longer from the same first letter ("dtsch")."""
    short, long = sorted((one, other), key=len)
    if short[0] != long[0]:
        return False
    letters = iter(long)
    return long.startswith(short) or (len(short) >= 3 and all(letter in letters for letter in short))


def _year(one: Prepared, other: Prepared) -> float:
    if one.year is None or other.year is None:
        return 0.0
    apart = abs(one.year - other.year)
    return 0.5 if apart == 0 else -0.5 if apart == 1 else -2.0 if apart == 2 else -3.0


def _authors(one: Prepared, other: Prepared) -> float:
    if not one.names or not other.names:
        return 0.0
    shared = len(one.names & other.names) / min(len(one.names), len(other.names))
    if shared == 0:
        # Letters lost to a wrong encoding leave at least how the names begin.
        begun = {name[:4] for name in one.names} & {name[:4] for name in other.names}
        shared = 0.5 * len(begun) / min(len(one.names), len(other.names))
    if shared >= 0.6:
        return 2.0
    return 1.0 if shared >= 0.3 else -1.0 if shared > 0 else -3.0


def _identifier(one: Prepared, other: Prepared, alike: float) -> float:
    weight = 0.0
    if one.pmid and other.pmid:
        weight += 6.0 if one.pmid == other.pmid else -6.0
    if one.doi and other.doi:
        if one.doi == other.doi:
            weight += 5.0 if alike >= 0.7 else 1.0
        else:
            weight -= 4.0
    return weight


def _abstract(one: Prepared, other: Prepared) -> float:
    if len(one.abstract) < 150 or len(other.abstract) < 150:
        return 0.0
    alike = fuzz.ratio(one.abstract, other.abstract)
    return 2.0 if alike >= 85 else 0.0 if alike >= 50 else -1.0
