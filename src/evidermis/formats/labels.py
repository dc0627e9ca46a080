"""What others decided about a record (included, excluded), in the places where screening tools keep it.

ASReview writes `ASReview_relevant` into a note, Rayyan `RAYYAN-INCLUSION: {"Ann"=>"Included"}`; tables have a column.
Programs of references show keywords and search them, so that labels are written there too.
A label is a pair such as `("included", "1")`; a person's own label carries the name: `("included:Ann", "1")`.
"""

import re
from collections.abc import Iterable

__all__ = ["label_notes", "labels_in", "table_label", "unlabelled"]

_ASREVIEW = re.compile(r"ASReview_(relevant|irrelevant|not_seen|prior)\b")
_RAYYAN = re.compile(r'"([^"]{1,100})"\s*=>\s*"(Included|Excluded|Maybe)"')
_LABEL_ALONE = re.compile(
    r'ASReview_(?:relevant|irrelevant|prior)|RAYYAN-INCLUSION: \{"[^"]{1,100}"=>"(?:Included|Excluded|Maybe)"\}'
)
_VALUES = {"relevant": ("included", "1"), "irrelevant": ("included", "0"), "prior": ("prior", "1")}
_RAYYAN_VALUES = {"Included": "1", "Excluded": "0", "Maybe": "maybe"}
_YES = {"1", "1.0", "true", "yes", "y", "include", "included", "relevant", "in"}
_NO = {"0", "0.0", "false", "no", "n", "exclude", "excluded", "irrelevant", "out"}


def labels_in(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The labels that notes and keywords carry, each once."""
    found: list[tuple[str, str]] = []
    for text in texts:
        if "ASReview_" in text:
            found.extend(_VALUES[word] for word in _ASREVIEW.findall(text) if word in _VALUES)
        if "RAYYAN-INCLUSION" in text:
            found.extend((f"included:{name}", _RAYYAN_VALUES[value]) for name, value in _RAYYAN.findall(text))
    return tuple(dict.fromkeys(found))


def unlabelled(keywords: Iterable[str]) -> tuple[str, ...]:
    """The keywords that say more than a label does; the others are read as labels alone."""
    return tuple(word for word in keywords if not _LABEL_ALONE.fullmatch(word))


def table_label(name: str, value: str) -> tuple[str, str] | None:
    """The label of a table's cell; None where the cell is empty. `-1` is ASReview's "not seen"."""
    clean = value.strip().lower()
    if clean in {"", "-1", "nan", "none", "na"}:
        return None
    plain = "1" if clean in _YES else "0" if clean in _NO else value.strip()
    return (name, plain)


def label_notes(labels: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What says the labels to ASReview and Rayyan, in a note or as a keyword."""
    notes: list[str] = []
    for name, value in labels:
        if name == "included" and value in {"0", "1"}:
            notes.append("ASReview_relevant" if value == "1" else "ASReview_irrelevant")
        elif name == "prior" and value == "1":
            notes.append("ASReview_prior")
        elif name.startswith("included:") and '"' not in name:
            word = {"1": "Included", "0": "Excluded"}.get(value, "Maybe")
            notes.append(f'RAYYAN-INCLUSION: {{"{name[9:]}"=>"{word}"}}')
    return tuple(notes)
