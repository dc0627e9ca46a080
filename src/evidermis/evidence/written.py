"""The shape of everything people write in a review folder: frozen, slotted, keyword-only, closed to unknown keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

__all__ = ["written"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def written(cls: type[T]) -> type[T]:
    """Make `cls` a frozen, slotted, keyword-only dataclass in which a validator refuses keys that it does not know.

    `pydantic` reads the setting when the class is validated at a border; the class itself needs no `pydantic`.
    """
    setattr(cls, "__pydantic_config__", {"extra": "forbid"})  # noqa: B010 - the attribute is no part of the type
    make: Callable[[type[T]], type[T]] = dataclass(frozen=True, slots=True, kw_only=True)
    return make(cls)
