"""The version that a change makes (https://semver.org): major where a conclusion changed, by the protocol's own rules."""

import re
from collections.abc import Iterable

from evidermis.evidence.change import WEIGHTS, Cause, ChangedConclusion, Weight
from evidermis.evidence.protocol import ChangeRules

__all__ = ["next_version", "weight_of"]

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
# What readers look for on a page: when one comes or goes, that is more than a correction.
_SEEN = ("study:", "product:", "notice:", "harm:", "registration:", "claim:")
_NOTABLE = ("added", "removed", "retraction", "retraction taken back", "expression of concern", "registry")


def weight_of(parts: Iterable[Cause], conclusions: Iterable[ChangedConclusion], rules: ChangeRules) -> Weight:
    """How much a change weighs: what the rules say of its kinds, else whether something came or went, else a correction."""
    kinds = {kind for one in conclusions for kind in one.kinds}
    if kinds & set(rules.major):
        return "major"
    parts = tuple(parts)
    if kinds & set(rules.minor) or any(one.how in _NOTABLE and _is_seen(one) for one in parts):
        return "minor"
    return "patch" if parts or kinds else "none"


def _is_seen(one: Cause) -> bool:
    return one.part.startswith(_SEEN) or one.how not in ("added", "removed")


def next_version(published: str, written: str, weight: Weight) -> str:
    """The version after `published`: raised by the weight of what changed, or as written in the folder where that is higher."""
    return max(_raised(published, weight), written, key=_numbers)


def _raised(version: str, weight: Weight) -> str:
    major, minor, patch = _numbers(version)
    at = WEIGHTS.index(weight)
    raised = (version, f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}.0", f"{major + 1}.0.0")
    return raised[at]


def _numbers(version: str) -> tuple[int, int, int]:
    found = _VERSION.fullmatch(version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else (0, 0, 0)
