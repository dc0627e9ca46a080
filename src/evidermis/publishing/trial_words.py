"""What befell a trial, as a sentence. The words are in `words.toml`."""

from evidermis.evidence.trial import TrialEvent
from evidermis.publishing.wording import short_words

__all__ = ["event_words"]


def event_words(one: TrialEvent) -> str:
    """One event in words, with its day where that is known."""
    told = short_words("trials")[one.kind].format(was=one.was, now=one.now)
    return f"{told} ({one.day})" if one.day else told
