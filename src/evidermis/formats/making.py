"""Records and their parts, made quickly: what readers call in place of the classes, with the same arguments and the same outcome.

A frozen dataclass sets each of its fields by `object.__setattr__`, which is most of the time that a record of 27 fields takes.
Here the fields are set on a twin that is not frozen and has the same slots, and the finished object is then given the frozen
class. Nobody else sees the twin: what comes out is of that class, cannot be changed, and equals what the class itself makes.
"""

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar, cast

from evidermis.evidence.record import Author, Heading, Identifier, Record, Section

__all__ = ["made_author", "made_heading", "made_identifier", "made_record", "made_section"]

_Arguments = ParamSpec("_Arguments")
_Made = TypeVar("_Made")


def _quick(frozen: Callable[_Arguments, _Made]) -> Callable[_Arguments, _Made]:
    """What makes instances of a frozen dataclass with slots, from the arguments that the class takes."""
    made = cast("type[_Made]", frozen)

    def freeze(self: object) -> None:
        self.__class__ = made

    slots = [(one.name, cast("type", one.type), _as_declared(one.default)) for one in fields(cast("Any", frozen))]
    twin = make_dataclass(f"{made.__name__}Twin", slots, namespace={"__post_init__": freeze}, slots=True)
    return cast("Callable[_Arguments, _Made]", twin)


def _as_declared(default: object) -> object:
    return field() if default is MISSING else field(default=default)


made_author = _quick(Author)
made_heading = _quick(Heading)
made_identifier = _quick(Identifier)
made_record = _quick(Record)
made_section = _quick(Section)
