"""Which format a file is in, told from its content and never from its name."""

import re

from evidermis.evidence.errors import BadInput
from evidermis.formats.lines import encoding_of

__all__ = ["FORMATS", "detected_format"]

FORMATS = (
    "beautyfacts",
    "bibtex",
    "crossref",
    "csl",
    "csv",
    "ctgov",
    "endnote-xml",
    "europepmc",
    "jats",
    "nbib",
    "openalex",
    "pubmed-xml",
    "ris",
    "wos",
)
# Keys that only the answers of one service have.
_JSON_KEYS = (
    ("ctgov", re.compile(r'"(?:protocolSection|ProtocolSection)"\s*:')),
    ("crossref", re.compile(r'"message-type"\s*:\s*"work(?:-list)?"')),
    ("europepmc", re.compile(r'"resultList"\s*:\s*\{\s*"result"\s*:')),
    (
        "openalex",
        re.compile(r'"id"\s*:\s*"https://openalex\.org/W|"abstract_inverted_index"\s*:|"meta"\s*:\s*\{\s*"count"\s*:'),
    ),
    ("beautyfacts", re.compile(r'"products"\s*:\s*\[|"ingredients_text(?:_en)?"\s*:')),
)
_FOREIGN_XML = "is XML, and none of PubMed's, EndNote's and JATS"


def detected_format(head: bytes, name: str = "") -> str:
    """The format, from a file's first bytes (64 KiB are plenty). `BadInput` where it is none of `FORMATS`."""
    text = _as_text(head[:262144]).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _xml_format(text, name)
    if text[:1] in "[{":
        return next((form for form, keys in _JSON_KEYS if keys.search(text)), "csl")
    first = text[:200_000]
    if re.search(r"^(?:PMID|OWN |STAT|TI  |EVID)- ?", first, re.MULTILINE) and re.search(
        r"^(?:PMID|OWN |STAT|JT  |FAU |DCOM|EVID)- ", first, re.MULTILINE
    ):
        return "nbib"
    if re.search(r"^TY {1,2}-", first, re.MULTILINE):
        return "ris"
    if re.search(r"^(?:FN |VR |PT [JBSPC]\s*$)", first, re.MULTILINE) and re.search(r"^ER\s*$|^TI |^AU ", first, re.M):
        return "wos"
    if re.search(r"^\s*@\s*[A-Za-z]+\s*[{(]", first, re.MULTILINE):
        return "bibtex"
    header = first.partition("\n")[0]
    if "\0" not in header and (re.search(r"[,;\t|]", header) or _single_column(header)):
        return "csv"
    raise BadInput("is in no format that is read here", file=name, mend=f"export it as one of: {', '.join(FORMATS)}")


def _xml_format(text: str, name: str) -> str:
    if re.search(
        r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle|PubmedBookArticleSet|DeleteCitation)[\s>]", text
    ):
        return "pubmed-xml"
    if re.search(r"<xml>\s*<records>|<records>\s*<record>", text):
        return "endnote-xml"
    if re.search(r"<article[\s>]", text) and re.search(
        r"<(?:front|article-meta|journal-meta)[\s>]|<!DOCTYPE article", text
    ):
        return "jats"
    raise BadInput(_FOREIGN_XML, file=name, mend="export the records from PubMed or EndNote as XML")


def _single_column(text: str) -> bool:
    return text.strip().strip('"').lower() in {"title", "abstract", "doi", "pmid"}


def _as_text(head: bytes) -> str:
    text = head.decode(encoding_of(head), "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
