"""What a notice is called, and which of the four states it leaves a record in.

The words are those of Crossref's updates and of Retraction Watch. A reinstatement leaves a *concern* for a person to look at,
since it does not say which notice came last; a new edition or version says nothing against the old one.
"""

from collections.abc import Iterable, Mapping
from typing import get_args

from evidermis.evidence.record import NoticeState

__all__ = ["NATURES", "plain_nature", "state_of", "worst_state"]

_STATES: tuple[NoticeState, ...] = get_args(NoticeState)
NATURES: Mapping[str, NoticeState] = {
    "none": "none",
    "new edition": "none",
    "new version": "none",
    "addendum": "corrected",
    "clarification": "corrected",
    "corrected": "corrected",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "concern": "concern",
    "expression of concern": "concern",
    "partial retraction": "concern",
    "reinstatement": "concern",
    "removal": "retracted",
    "retracted": "retracted",
    "retraction": "retracted",
    "withdrawal": "retracted",
}


def plain_nature(written: str) -> str:
    """A nature in lower case with spaces (`expression_of_concern` as `expression of concern`)."""
    return " ".join(written.casefold().replace("_", " ").replace("-", " ").split())


def worst_state(states: Iterable[NoticeState]) -> NoticeState:
    """The worst of some states; `none` where there are none."""
    return _STATES[max((_STATES.index(state) for state in states), default=0)]


def state_of(natures: Iterable[str]) -> NoticeState:
    """The state that notices of these natures leave a record in; a nature that is not known is a concern, never nothing."""
    known = [plain_nature(nature) for nature in natures]
    if "reinstatement" in known:
        return "concern"
    return worst_state(NATURES.get(nature, "concern") for nature in known if nature)
