"""Names of records as files write them: DOI, PMID, PMCID, ISSN and the numbers of trial registers."""

import re
from collections.abc import Iterable

from evidermis.evidence.record import Author, Identifier
from evidermis.formats.making import made_author, made_identifier
from evidermis.formats.remembering import remembered

__all__ = [
    "REGISTERS",
    "author_of",
    "authors_in",
    "doi_in",
    "each_once",
    "hyphened_issn",
    "identifiers_of",
    "noted_pmcid",
    "noted_pmid",
    "registrations_in",
    "split_list",
    "without_issn",
]

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_ISSN = re.compile(r"\b\d{4}-\d{3}[\dXx]\b")
_NOTED_PMID = re.compile(r"PMID:? ?(\d{1,8})")
_NOTED_PMCID = re.compile(r"PMCID:? ?(PMC\d+)")
# Registers of the WHO platform, in the form their numbers take.
_REGISTERS = re.compile(
    r"\b(?:NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR[-A-Za-z]{0,12}\d{8,10}|IRCT\d{11,14}N\d{1,3}|IRCT\d{15,17}N\d{1,3}|"
    r"EUCTR\d{4}-\d{6}-\d{2}|DRKS\d{8}|CTRI/\d{4}/\d{2,3}/\d{6}|KCT\d{7}|UMIN\d{9}|JPRN-[A-Za-z]+\d+|jRCT[a-z]?\d{9,10}|"
    r"RBR-[a-z0-9]{6,7}|TCTR\d{11}|PACTR\d{15,16}|NTR\d{3,4}|NL\d{4,5}|SLCTR/\d{4}/\d{3}|RPCEC\d{8}|LBCTR\d{10}|PER-\d{3}-\d{2})\b"
)
# What PubMed calls the registers among its data banks; the other banks (GENBANK, PDB …) hold no trials.
REGISTERS = frozenset((
    "ClinicalTrials.gov", "ISRCTN", "ANZCTR", "ChiCTR", "CTRI", "CRiS", "DRKS", "EudraCT", "IRCT", "JapicCTI",
    "JMACCT", "JPRN", "NTR", "PACTR", "ReBec", "REPEC", "RPCEC", "SLCTR", "TCTR", "UMIN-CTR", "UMIN CTR", "LBCTR",
    "jRCT", "KCT",
))  # fmt: skip
# What every such number begins with. The full pattern costs as much as all else that is read from an abstract, this look first
# a seventh of it.
_HINT = re.compile(r"CT[-A-Za-z/]{0,15}\d|N(?:TR|L)\d|DRKS|UMIN|JPRN|RBR-|RPCEC|PER-")


def doi_in(text: str) -> str:
    """The first DOI in a text, in lower case and without a closing stop; `""` where there is none."""
    found = _DOI.search(text) if "10." in text else None
    return found[0].rstrip(".,;)").lower() if found else ""


@remembered
def hyphened_issn(text: str) -> str:
    """The text with ISSNs that are written as eight characters given their hyphen."""
    return re.sub(r"\b(\d{4})(\d{3}[\dXx])\b", r"\1-\2", text)


@remembered
def without_issn(text: str) -> str:
    """What a text says beside ISSNs."""
    return _ISSN.sub("", text)


def registrations_in(*texts: str) -> tuple[str, ...]:
    """Registration numbers in texts, each once, in the order they appear."""
    found = [number for text in texts if _HINT.search(text) for number in _REGISTERS.findall(text)]
    return tuple(dict.fromkeys(found)) if found else ()


def identifiers_of(
    *, doi: str = "", pmid: str = "", pmcid: str = "", issn: Iterable[str] = (), others: Iterable[tuple[str, str]] = ()
) -> tuple[Identifier, ...]:
    """Identifiers cleaned and each once; what is not of its scheme's form is left out."""
    found: list[Identifier] = []
    if clean := doi_in(doi):
        found.append(made_identifier("doi", clean))
    digits = pmid.strip().removesuffix(".0")
    if digits.isascii() and digits.isdigit():
        found.append(made_identifier("pmid", digits))
    if pmcid and (match := re.search(r"PMC\d+", pmcid, re.IGNORECASE)):
        found.append(made_identifier("pmcid", match[0].upper()))
    for text in issn:
        found.extend(_issns(text))
    found.extend([made_identifier(scheme, value) for scheme, value in others if value])
    return each_once(found)


def noted_pmid(notes: Iterable[str]) -> str:
    """The PMID that notes name as such, where Zotero and EndNote keep it; `""` where none does."""
    return next((found[1] for text in notes if "PMID" in text and (found := _NOTED_PMID.search(text))), "")


def noted_pmcid(notes: Iterable[str]) -> str:
    """The PMCID that notes name as such; `""` where none does."""
    return next((found[1] for text in notes if "PMCID" in text and (found := _NOTED_PMCID.search(text))), "")


def each_once(found: list[Identifier]) -> tuple[Identifier, ...]:
    """The identifiers, each where it stands first."""
    return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))


@remembered
def _issns(text: str) -> tuple[Identifier, ...]:
    return tuple(made_identifier("issn", number.upper()) for number in _ISSN.findall(text))


def author_of(name: str) -> Author:
    """`Family, Given`, or the whole name as family: a name without a comma is not guessed apart."""
    family, _, given = name.partition(",")
    return made_author(family.strip(), given.strip())


def authors_in(text: str) -> tuple[Author, ...]:
    """A cell of authors: by `;`, ` and `, or by commas where no name has one of its own (`Liu R., Adler D.G.`)."""
    if ";" in text:
        names = text.split(";")
    elif re.search(r"\s+and\s+", text) and "," in text:
        names = re.split(r"\s+and\s+", text)
    elif re.fullmatch(r"(?:[^\s,][^,]*\s(?:[A-Z]\.?-?){1,4},\s*)+[^,]+\.?", text):
        names = text.rstrip(".").split(",") if not re.search(r"[A-Z]\.", text) else text.split(",")
    else:
        names = [text]
    return tuple(author_of(name.strip()) for name in names if name.strip())


def split_list(text: str) -> tuple[str, ...]:
    """A cell of several values, by `;` or line, else by commas."""
    by = r"[;\n]" if re.search(r"[;\n]", text) else ","
    return tuple(part.strip() for part in re.split(by, text) if part.strip())
