"""Learn anew what wordings that compare people with themselves have in common: `python scripts/learn_sides.py`.

Reads `validation/sides/*.toml` and writes `src/evidermis/reading/sides/weights.tsv`. Nothing is learnt from the
tests' own wordings.
"""

import tomllib
from pathlib import Path

from evidermis.reading.sides.learning import Example, learnt_from
from evidermis.reading.sides.learnt import likeness_as_text
from evidermis.reading.text import Passage

ROOT = Path(__file__).resolve().parents[1]
WORDINGS = ROOT / "validation" / "sides"
# How much a wording of each file counts: what reports say counts fully, what we wrote like it less (found by cross-validation).
COUNTS = {"gathered": 1.0, "ordinary": 1.0, "written": 0.3}
WEIGHTS = ROOT / "src" / "evidermis" / "reading" / "sides" / "weights.tsv"


def learnt_text() -> str:
    """The weights as the file holds them."""
    examples: dict[str, Example] = {}
    for name, counts in COUNTS.items():
        for one in tomllib.loads((WORDINGS / f"{name}.toml").read_text(encoding="utf-8"))["wordings"]:
            examples[one["text"]] = Example(Passage("", one["text"]).words, one["within"], counts)
    return likeness_as_text(learnt_from(examples[text] for text in sorted(examples)))


if __name__ == "__main__":
    WEIGHTS.write_text(learnt_text(), encoding="utf-8")
