"""The dossier as PDF, typeset by typst with the fonts it brings. No network, no clock, no file but our own template.

What came from outside enters as data and never as markup: the template shows strings, and a string in typst is text. A character
that these fonts lack is printed as its code point; the JSON beside the PDF holds it as it is.
"""

import datetime
import json
import re
from importlib import resources
from typing import Any

from evidermis.evidence.errors import BadInput, Defect
from evidermis.evidence.inert import clean
from evidermis.publishing.dossier.content import Dossier, dossier_json

__all__ = ["dossier_pdf"]

# A word longer than this may break anywhere, so that nothing runs off the page.
_LONG = re.compile(r"\S{28,}")
_STEP = 14
# How typst tells of a text without a glyph, with characters that do not print written as \u{…}.
_LACKING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
# Each round finds every character that is lacking; a second one is for what the first uncovered.
_ROUNDS = 4


def dossier_pdf(dossier: Dossier) -> bytes:
    """The PDF (PDF/UA-1); the same dossier gives the same bytes. `BadInput` where typst is not installed."""
    try:
        import typst
    except ImportError as error:
        raise BadInput("a PDF needs typst", mend="pip install 'evidermis[dossier]', or ask for --json") from error
    template = (resources.files("evidermis.publishing") / "templates" / "dossier.typ").read_bytes()
    made = datetime.datetime.combine(dossier.published, datetime.time(), tzinfo=datetime.UTC)
    written = json.loads(dossier_json(dossier))
    lacking: set[str] = set()
    for _ in range(_ROUNDS):
        data = json.dumps(_printable(written, lacking), ensure_ascii=False, sort_keys=True)
        try:
            return typst.compile(
                template,
                format="pdf",
                sys_inputs={"dossier": data},
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                timestamp=made,
            )
        except typst.TypstError as error:
            found = _lacking(str(error.diagnostic))
            if not found - lacking:
                raise Defect(f"the dossier of {dossier.product!r} could not be typeset: {error}") from error
            lacking |= found
    raise Defect(f"the dossier of {dossier.product!r} could not be typeset: characters without a glyph remain")


def _lacking(told: str) -> set[str]:
    """The characters without a glyph that an error tells of."""
    texts = (_ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], found) for found in _LACKING.findall(told))
    return {character for text in texts for character in text if not character.isascii()}


def _printable(value: Any, lacking: set[str]) -> Any:
    """The same value: its texts without acting characters, long words with places to break, lacking characters as code points."""
    if isinstance(value, str):
        plain = "".join(f"[U+{ord(one):04X}]" if one in lacking else one for one in clean(value))
        return _LONG.sub(lambda word: "\u200b".join(_pieces(word[0])), plain)
    if isinstance(value, list):
        return [_printable(one, lacking) for one in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        return {key: _address(one) if key == "link" else _printable(one, lacking) for key, one in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return value


def _address(link: Any) -> str:
    """An address that can be printed as it is; others stay in the JSON."""
    return link if isinstance(link, str) and link.isascii() else ""


def _pieces(word: str) -> list[str]:
    return [word[at : at + _STEP] for at in range(0, len(word), _STEP)]
