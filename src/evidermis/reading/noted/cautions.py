"""What calls for a second look, beyond single words: rules over what was read. Each has a name, a version and a reason."""

from collections.abc import Iterable

from evidermis.reading.facts import Noted, PeopleCount
from evidermis.reading.text import Seen

__all__ = ["cautions"]

# Below this many people a strong conclusion is stronger than its ground.
_FEW = 30


def cautions(seen: Iterable[Seen], noted: list[Noted], is_controlled: bool, total: PeopleCount | None) -> list[Noted]:
    """Cautions with the words that give rise to them; `noted` is what else was read of the report."""
    worded: dict[str, Noted] = {}
    names: set[str] = set()
    for one in seen:
        names.add(one.cue.name)
        if one.cue.code and one.cue.code not in worded:
            quote = one.quote
            worded[one.cue.code] = Noted("caution", one.cue.code, quote, rule=one.cue.name or one.cue.code)
    if "margin-named" in names:
        worded.pop("equal-claimed", None)
    strong = worded.pop("strong-conclusion", None)
    directions = {n.code for n in noted if n.kind == "direction"}
    if strong and "no-difference" in directions and "better" not in directions:
        worded["conclusion-stronger-than-result"] = Noted(
            "caution", "conclusion-stronger-than-result", strong.quote, rule="strong-words-no-difference@1"
        )
    if strong and (not is_controlled or (total and total.value < _FEW)):
        worded["conclusion-stronger-than-ground"] = Noted(
            "caution", "conclusion-stronger-than-ground", strong.quote, rule="strong-words-few-or-uncontrolled@1"
        )
    against = next((n for n in noted if n.code == "against-baseline"), None)
    if against and not is_controlled and not any(n.code == "between-groups" for n in noted):
        worded["baseline-only"] = Noted("caution", "baseline-only", against.quote, rule="change-without-comparator@1")
    return list(worded.values())
