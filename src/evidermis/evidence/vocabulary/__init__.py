"""The field's words as data: one TOML file a kind, beside this module. Code never lists them again.

A term has a `code` (used in study files), a `label` for people, `plain` (one sentence for a reader without the field's
training), and `synonyms`, `mesh` headings and `cues` (regular expressions) for reading. What rules need of a term
(a source's kingdom, a route's barrier, a design's rung) stands in the fields of its kind.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeVar

from evidermis.evidence.errors import BadInput
from evidermis.evidence.ladders import Link, Rung
from evidermis.evidence.written import written

__all__ = [
    "Barrier",
    "Cargo",
    "Design",
    "Instrument",
    "Outcome",
    "Population",
    "Route",
    "Source",
    "Vocabulary",
    "bundled_vocabulary",
    "vocabulary_table",
    "vocabulary_text",
]

# What the skin's barrier is when the material arrives; *bypassed* is injected into or under the skin.
Barrier = Literal["intact", "damaged", "opened", "ablated", "bypassed", "systemic", "unknown"]


@written
class Design:
    """A study design. `pairing` tells which unit is compared; only a `controlled` design compares with something."""

    code: str
    label: str
    plain: str = ""
    rung: Rung
    pairing: Literal["within-person", "parallel", "crossover", "none"] = "none"
    controlled: bool = False
    synthesis: bool = False
    synonyms: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@written
class Source:
    """Where vesicles come from. `group` joins materials close enough to be near, `kingdom` is the widest class.

    `is_vesicle` is False for conditioned media, lysates and other material that is sold beside vesicles but is not them.
    Where one of the codes it `yields_to` is read, that one says it more closely.
    """

    code: str
    label: str
    plain: str = ""
    group: str
    kingdom: Literal["human", "animal", "plant", "microbe", "synthetic", "undisclosed"]
    is_vesicle: bool = True
    yields_to: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@written
class Route:
    """How material reaches the skin, and the state of the barrier it meets; `yields_to` as for sources."""

    code: str
    label: str
    plain: str = ""
    barrier: Barrier
    yields_to: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@written
class Outcome:
    """What is measured. `link` is the link of the chain it speaks to; `on_bench` what the same words mean in cells or animals.

    What is only thought of a treatment speaks to no link (`none`): `check` lets no claim rest on it.
    """

    code: str
    label: str
    plain: str = ""
    link: Link | Literal["none"] = "efficacy"
    on_bench: str = ""
    synonyms: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@written
class Instrument:
    """How an outcome is measured. `kind` decides how far the measure stands from what people notice.

    `whole` says that each person's value is a whole number, also where several people rate; only then are means checked.
    """

    code: str
    label: str
    plain: str = ""
    outcomes: tuple[str, ...]
    better: Literal["lower", "higher", "depends"]
    kind: Literal["patient-important", "clinician scale", "instrument", "bench"]
    range: str = ""
    whole: bool = False
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@written
class Population:
    """Who is studied. `group` joins conditions near one another; a `species` other than human is far from any claim."""

    code: str
    label: str
    plain: str = ""
    group: str
    species: Literal[
        "human", "mouse", "rat", "pig", "other animal", "human cells", "animal cells", "human skin explant"
    ]
    synonyms: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@written
class Cargo:
    """What vesicles carry."""

    code: str
    label: str
    plain: str = ""
    examples: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


T = TypeVar("T", Design, Source, Route, Outcome, Instrument, Population)


@written
class Vocabulary:
    """All terms. `vocabulary.design(code)` and its sisters look one up; an unknown code raises `KeyError`."""

    designs: tuple[Design, ...]
    sources: tuple[Source, ...]
    routes: tuple[Route, ...]
    outcomes: tuple[Outcome, ...]
    instruments: tuple[Instrument, ...]
    populations: tuple[Population, ...]
    cargo: tuple[Cargo, ...]

    def design(self, code: str) -> Design:
        """The design of that code."""
        return _find(self.designs, code)

    def source(self, code: str) -> Source:
        """The vesicle source of that code."""
        return _find(self.sources, code)

    def route(self, code: str) -> Route:
        """The route of that code."""
        return _find(self.routes, code)

    def outcome(self, code: str) -> Outcome:
        """The outcome of that code."""
        return _find(self.outcomes, code)

    def instrument(self, code: str) -> Instrument:
        """The instrument of that code."""
        return _find(self.instruments, code)

    def population(self, code: str) -> Population:
        """The population of that code."""
        return _find(self.populations, code)


def _find(terms: tuple[T, ...], code: str) -> T:
    for term in terms:
        if term.code == code:
            return term
    raise KeyError(code)


def vocabulary_table(name: str) -> dict[str, Any]:
    """What `NAME.toml` beside this module holds."""
    return tomllib.loads(vocabulary_text(name))


def vocabulary_text(name: str) -> str:
    """`NAME.toml` beside this module, as written."""
    return (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")


@cache
def bundled_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package. `BadInput` names the file where a term is not of its kind's form."""
    # Whoever reads a table of words alone starts without it.
    from pydantic import TypeAdapter, ValidationError

    files: dict[str, Any] = {}
    for kind in ("designs", "sources", "routes", "outcomes", "instruments", "populations", "cargo"):
        files[kind] = vocabulary_table(kind)["entries"]
    try:
        return TypeAdapter(Vocabulary).validate_python(files)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInput(first["msg"], file=f"vocabulary/{first['loc'][0]}.toml", place=place) from error
