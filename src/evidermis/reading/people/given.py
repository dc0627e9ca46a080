"""Whether the people whom a report counts were given something, or are where cells and skin came from, or no people at all."""

from collections.abc import Sequence

from evidermis.reading.facts import ArmCount
from evidermis.reading.people.counts import Count
from evidermis.reading.text import Seen, words

__all__ = ["arms_of_people", "is_given_to_people"]

_GIVEN = words("given-to-people")
_TAKEN = words("given-by-people")


def is_given_to_people(total: Count, animals: Sequence[Seen]) -> bool:
    """Whether the sentence that counts people says that they received or used something; `animals` are named at these places.

    "Thirty women used the cream" does; "skin of five donors" and "60 male rats received" do not.
    """
    passage, sentence = total.passage, total.passage.sentence_of[total.first]
    if any(one.passage is passage and passage.sentence_of[one.first] == sentence for one in animals):
        return False
    first, after = passage.words_of(sentence)
    told = frozenset(passage.words[first:after])
    return not told.isdisjoint(_GIVEN) and told.isdisjoint(_TAKEN)


def arms_of_people(arms: Sequence[ArmCount], animals: Sequence[Seen]) -> tuple[ArmCount, ...]:
    """The groups whose sentence names no animal."""
    named = [one.passage.sentence(one.first) for one in animals]
    return tuple(
        arm
        for arm in arms
        if not any(one.field == arm.quote.field and one.start <= arm.quote.start < one.end for one in named)
    )
