"""What a report says, as values that each carry the words they were read from. All of it is a proposal, nothing is final."""

from dataclasses import dataclass

from evidermis.evidence.ladders import Comparator, Rung
from evidermis.reading.facts.arms import ArmCount
from evidermis.reading.facts.designs import DesignName, DesignSeen
from evidermis.reading.facts.registration import Registration
from evidermis.reading.facts.results import Result
from evidermis.reading.text import Quote

__all__ = ["Apart", "Asked", "Elsewhere", "Facts", "Noted", "PeopleCount"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words of another record, which is named by its digest."""

    record: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Noted:
    """Something the report says, as a code of the vocabulary or a value, with its place.

    `kind` groups codes (`pairing`, `blinding`, `source`, `outcome`, `caution` …); `value` holds what has no code (a dose,
    an age). `rule` names what read it; `against` is what another record says, where two were held together.
    """

    kind: str
    code: str
    quote: Quote
    value: str = ""
    rule: str = ""
    against: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """A number of people, sides, animals … `stage` says what happened to them (`randomised`, `completed` …) or is `""`."""

    value: int
    what: str
    stage: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Apart:
    """A value that a reader proposed and that is not used, with the words it gave for it and why they do not bear it."""

    kind: str
    value: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a language model was asked and what that cost.

    `prompt` is all that was said beside the record itself. Tokens are as the service counts them; `cost` is in US dollars by the
    service's public prices, or None where no price is known (a local model's).
    """

    model: str
    service: str
    prompt: str
    requests: int
    input_tokens: int
    output_tokens: int
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read of one report.

    `design` is one of the names in `designs.DESIGNS`, or `""` where the design was not read; `rung` is None where the report
    stands on none (a review, a protocol, an observation without intervention). `comparator` is the highest rung of the
    comparator ladder that the report names. `reader` names what read it, with its version. `apart` is what was proposed and
    is not used; `asked` what a language model was asked, where one read. `results` are figures that belong together, with their
    context; `registration` is what a registry's entry says in its fields.
    """

    record: str
    reader: str
    design: DesignName | str = ""
    rung: Rung | None = None
    designs: tuple[DesignSeen, ...] = ()
    is_within_person: bool = False
    comparator: Comparator | None = None
    n_total: PeopleCount | None = None
    n_arms: tuple[ArmCount, ...] = ()
    counts: tuple[PeopleCount, ...] = ()
    noted: tuple[Noted, ...] = ()
    apart: tuple[Apart, ...] = ()
    asked: Asked | None = None
    results: tuple[Result, ...] = ()
    registration: Registration | None = None

    def of_kind(self, kind: str) -> tuple[Noted, ...]:
        """What was noted of one kind, in reading order."""
        return tuple(noted for noted in self.noted if noted.kind == kind)
