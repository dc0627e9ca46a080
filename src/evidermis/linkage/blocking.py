"""Which pairs are compared at all: those that share a key. The keys of a record depend on nothing but itself.

A duplicate keeps at least one of: its identifier, its title's beginning or end, its place in a journal, its first author and
page. Because keys are a record's own, adding records never changes which of the others are compared.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from evidermis.linkage.preparing import Prepared

__all__ = ["candidate_pairs"]

# A key that more records share than this says nothing by itself; they are then told apart by year and volume as well.
CROWD = 60


def candidate_pairs(records: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    """Every pair of places in `records` (lower first) that shares a key, each pair once."""
    # Keys are held as their hashes: two that fall together only cost one more comparison.
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for key in _keys(record):
            blocks[hash(key)].append(place)
    seen: set[int] = set()
    size = len(records)
    for members in blocks.values():
        for block in _parted(records, members):
            for one, other in combinations(block, 2):
                name = one * size + other
                if name not in seen:
                    seen.add(name)
                    yield one, other


def _parted(records: Sequence[Prepared], members: list[int]) -> Iterator[list[int]]:
    if len(members) < 2:
        return
    if len(members) <= CROWD:
        yield members
        return
    finer: defaultdict[tuple[int | None, str, str], list[int]] = defaultdict(list)
    for place in members:
        record = records[place]
        finer[(record.year, record.volume, record.page)].append(place)
    yield from (block[:CROWD] for block in finer.values() if len(block) > 1)


def _keys(record: Prepared) -> set[str]:
    keys: set[str] = set()
    if record.doi:
        keys.add(f"d{record.doi}")
    if record.pmid:
        keys.add(f"i{record.pmid}")
    long = [word for word in record.words if len(word) > 3]
    if long:
        keys.add("t" + " ".join(long[:4]))
        keys.add("u" + " ".join(long[-4:]))
        keys.add("s" + " ".join(sorted(long, key=lambda word: (-len(word), word))[:4]))
        keys.add("c" + "".join(word[0] for word in record.words)[:24])
    if record.page and record.volume:
        keys.add(f"v{record.volume}/{record.page}")
    if record.page and record.year:
        keys.add(f"y{record.year}/{record.page}/{record.first[:4]}")
    if record.first and record.year and long:
        keys.add(f"a{record.first}/{record.year}/{long[0][:6]}")
    return keys
