"""What a short text was read as the last time: years, ISSNs, headings and the like stand in a file again and again."""

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["remembered"]

_Value = TypeVar("_Value")
# Together they bound the memory, whatever a file holds: 16,384 texts of 80 characters are about 2 MB.
_MANY = 16_384
_SHORT = 80


class _Known(dict[str, _Value], Generic[_Value]):
    """What was read; a text that is not there is read when it is asked for."""

    def __init__(self, reads: Callable[[str], _Value]) -> None:
        super().__init__()
        self._reads = reads

    def __missing__(self, text: str) -> _Value:
        value = self._reads(text)
        if len(text) <= _SHORT:
            if len(self) >= _MANY:
                self.clear()
            self[text] = value
        return value


def remembered(reads: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """The same function, which for short texts looks first whether it has read this one before.

    Looking is one step of a dictionary, a third of the time of `functools.lru_cache` behind a function that asks for the length.
    """
    return _Known(reads).__getitem__
