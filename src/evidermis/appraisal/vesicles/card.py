"""One card for a study or a product. *Unread* is neither reported nor missing: only who read all of a source can miss an item."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from evidermis.appraisal.vesicles.items import (
    called_exosome,
    identity_items,
    is_imitation,
    without_agreed_markers,
)
from evidermis.evidence.characterised import Characterised, Told
from evidermis.evidence.product import Product
from evidermis.evidence.reference import Reference
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Source, Vocabulary

__all__ = ["Card", "CardItem", "Material", "Shown", "product_card", "study_card"]

# Whether the material was shown to be vesicles; least last.
Shown = Literal["shown", "partly shown", "named only", "imitation", "not vesicles", "not disclosed"]
_SHOWN: tuple[Shown, ...] = get_args(Shown)


@dataclass(frozen=True, slots=True)
class CardItem:
    """An item of the checklist and what is told of it; `unread` where nobody has looked."""

    code: str
    block: str
    label: str
    by: str
    needed: bool
    told: Told | Literal["unread"]
    value: str
    at: str


@dataclass(frozen=True, slots=True)
class Material:
    """One material that was tested or is sold (a source code, `""` for none told), and whether it is vesicles."""

    source: str
    state: Shown
    because: str


@dataclass(frozen=True, slots=True)
class Card:
    """The card of `study:ID` or `product:ID`. `state` is the least of its materials'; `cautions` are whole sentences.

    `reported`, `missing` and `unread` count the items that the checklist calls mandatory.
    """

    about: str
    state: Shown
    materials: tuple[Material, ...]
    cautions: tuple[str, ...]
    items: tuple[CardItem, ...]
    reported: int
    missing: int
    unread: int


def study_card(study: Study, reports: Iterable[Reference], vocabulary: Vocabulary) -> Card:
    """The card of what a study gave to those it treated. `reports` are its records, whose printed titles name the material."""
    sources = sorted({arm.source for arm in study.arms if arm.comparator is None}) or [""]
    called = called_exosome(*(one.title for one in reports))
    return _card(f"study:{study.id}", sources, study.vesicle_identity, called, vocabulary)


def product_card(product: Product, vocabulary: Vocabulary) -> Card:
    """The card of what a product's maker tells. Its name is a name and shows nothing."""
    called = called_exosome(product.name, *product.aliases)
    return _card(f"product:{product.id}", [product.source.value], product.vesicle_identity, called, vocabulary)


def _card(
    about: str, sources: list[str], told: tuple[Characterised, ...], called: bool, vocabulary: Vocabulary
) -> Card:
    reported = {one.item for one in told if one.told == "reported"}
    terms = {code: vocabulary.source(code) if code else None for code in sources}
    materials = tuple(_material(code, terms[code], reported) for code in sources)
    items = _items(told)
    needed = [one.told for one in items if one.needed]
    return Card(
        about=about,
        state=_SHOWN[max(_SHOWN.index(one.state) for one in materials)],
        materials=materials,
        cautions=_cautions(materials, [term for term in terms.values() if term], called, reported),
        items=items,
        reported=needed.count("reported"),
        missing=needed.count("not reported"),
        unread=needed.count("unread"),
    )


def _items(told: tuple[Characterised, ...]) -> tuple[CardItem, ...]:
    by_code = {one.item: one for one in told}
    found: list[CardItem] = []
    for item in identity_items():
        one = by_code.get(item.code)
        state = one.told if one else "unread"
        value, at = (one.value, one.at) if one else ("", "")
        found.append(CardItem(item.code, item.block, item.label, item.by, item.needed, state, value, at))
    return tuple(found)


def _material(code: str, source: Source | None, reported: set[str]) -> Material:
    if source is None or source.kingdom == "undisclosed":
        return Material(code, "not disclosed", "what it comes from is not told")
    if not source.is_vesicle:
        return Material(code, "not vesicles", f"{source.label}, which is not vesicles")
    if is_imitation(source.kingdom):
        return Material(code, "imitation", f"{source.label}: made, not released by cells")
    wanted = [item for item in identity_items() if item.shows]
    found = [item.label for item in wanted if item.code in reported]
    lacking = [item.label for item in wanted if item.code not in reported]
    if not found:
        return Material(
            code, "named only", f"called vesicles of {source.label}; nothing that was read shows them to be"
        )
    if without_agreed_markers(source.kingdom):
        because = f"told: {', '.join(found)}; no marker is agreed that would show vesicles of {source.label}"
        return Material(code, "partly shown", because)
    if lacking:
        return Material(code, "partly shown", f"told: {', '.join(found)}; not read: {', '.join(lacking)}")
    return Material(code, "shown", f"told: {', '.join(found)}")


def _cautions(
    materials: tuple[Material, ...], sources: list[Source], called: bool, reported: set[str]
) -> tuple[str, ...]:
    found: list[str] = []
    other = [source.label for source in sources if not source.is_vesicle]
    if called and other:
        found.append(f"Called exosomes; what is in it is {', '.join(other)}.")
    elif called and any(one.state == "not disclosed" for one in materials):
        found.append("Called exosomes; what they come from is not told.")
    elif called and "origin-in-cell" not in reported:
        found.append("Called exosomes; that they come from inside the cell was not read, so say vesicles.")
    grown = [source.label for source in sources if source.is_vesicle and without_agreed_markers(source.kingdom)]
    if grown:
        found.append(f"Vesicles of {', '.join(grown)} carry no marker that is agreed on: a name is all there is.")
    return tuple(found)
