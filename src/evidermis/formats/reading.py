"""One door for every format: bytes in; records, withdrawals, and what could not be read, out."""

import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from evidermis.evidence.content import Content
from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record
from evidermis.formats.beautyfacts import read_beautyfacts
from evidermis.formats.bibtex_reading import read_bibtex
from evidermis.formats.crossref import read_crossref
from evidermis.formats.csl_reading import read_csl
from evidermis.formats.ctgov import read_ctgov
from evidermis.formats.ctgov_content import read_ctgov_content
from evidermis.formats.detect import FORMATS, detected_format
from evidermis.formats.europepmc import read_europepmc
from evidermis.formats.lines import Chunks, decoded_blocks, decoded_lines, opened
from evidermis.formats.medline import read_medline
from evidermis.formats.openalex import read_openalex
from evidermis.formats.ris_reading import read_ris
from evidermis.formats.table import read_table
from evidermis.formats.unreadable import Deletion, Unreadable
from evidermis.formats.wos import read_wos

__all__ = ["Entry", "read", "read_contents"]

Entry = Record | Unreadable | Deletion
_BY_LINE = {"bibtex": read_bibtex, "csv": read_table, "wos": read_wos}
_BY_BLOCK = {"nbib": read_medline, "ris": read_ris}
_BY_JSON = {
    "beautyfacts": read_beautyfacts,
    "crossref": read_crossref,
    "csl": read_csl,
    "ctgov": read_ctgov,
    "europepmc": read_europepmc,
    "openalex": read_openalex,
}


def read(source: bytes | BinaryIO, name: str = "", form: str = "") -> Iterator[Entry]:
    """Every entry of a file in its order, in memory that does not grow with the file (JSON and single entries aside).

    The format is told from the content, unless `form` (one of `FORMATS`) names it; gzip is undone. An entry that cannot be
    read is an `Unreadable` with its number and line, and reading goes on. `BadInput` where the file as a whole cannot be
    read: empty, binary, in no known format, a gzip bomb, JSON that nests without end.
    """
    chunks, form = _detected(source, name, form)
    return _entries(chunks, name, form)


def read_contents(
    source: bytes | BinaryIO, name: str = "", form: str = ""
) -> Iterator[Content | Unreadable | Deletion]:
    """As `read`, with all that a source gave beside the record: a registration's fields, an article's body and tables."""
    chunks, form = _detected(source, name, form)
    if form == "ctgov":
        return read_ctgov_content(chunks, name)
    if form == "jats":
        with _lxml():
            from evidermis.formats.jats import read_jats_content
        return read_jats_content(chunks, name)
    return (Content(entry) if isinstance(entry, Record) else entry for entry in _entries(chunks, name, form))


def _detected(source: bytes | BinaryIO, name: str, form: str) -> tuple[Chunks, str]:
    chunks = opened(io.BytesIO(source) if isinstance(source, bytes) else source, name)
    form = form or detected_format(chunks.head, name)
    if form not in FORMATS:
        raise BadInput(f"{form!r} is no format that is read here", file=name, mend=f"take one of {', '.join(FORMATS)}")
    return chunks, form


def _entries(chunks: Chunks, name: str, form: str) -> Iterator[Entry]:
    if form in _BY_LINE:
        return _BY_LINE[form](decoded_lines(chunks), name)
    if form in _BY_BLOCK:
        return _BY_BLOCK[form](decoded_blocks(chunks), name)
    return _BY_JSON[form](chunks, name) if form in _BY_JSON else _xml_reader(form)(chunks, name)


def _xml_reader(form: str) -> Callable[[Chunks, str], Iterator[Entry]]:
    with _lxml():
        from evidermis.formats.endnote import read_endnote_xml
        from evidermis.formats.jats import read_jats
        from evidermis.formats.pubmed_xml import read_pubmed_xml
    readers: dict[str, Callable[[Chunks, str], Iterator[Entry]]] = {"pubmed-xml": read_pubmed_xml, "jats": read_jats}
    return readers.get(form, read_endnote_xml)


@contextmanager
def _lxml() -> Generator[None]:
    try:
        yield
    except ImportError as error:
        raise BadInput("reading XML needs lxml", mend="pip install 'evidermis[formats]'") from error
