"""Documents to lines: plain text, Markdown, a saved web page, DOCX, PDF with a text layer. Told by content, not by name.

Everything in them is text: nothing runs, nothing is fetched, entities and archives cannot grow without bound.
"""

from evidermis.auditing.article import Line
from evidermis.auditing.documents.docx import docx_lines
from evidermis.auditing.documents.markdown import is_markdown, markdown_lines
from evidermis.auditing.documents.pdf import pdf_lines
from evidermis.auditing.documents.plain import decoded, plain_lines
from evidermis.auditing.documents.web import is_web_page, web_lines
from evidermis.evidence.errors import BadInput

__all__ = ["LARGEST", "lines_of"]

# An article is small: what is larger is another kind of file.
LARGEST = 20_000_000


def lines_of(raw: bytes) -> list[Line]:
    """The lines of a document. `BadInput` for what is too large, empty or no text."""
    if len(raw) > LARGEST:
        raise BadInput(f"holds {len(raw) // 1_000_000} MB", mend=f"an article has at most {LARGEST // 1_000_000} MB")
    if raw.startswith(b"%PDF-"):
        found = pdf_lines(raw)
    elif raw.startswith(b"PK\x03\x04"):
        found = docx_lines(raw)
    else:
        text = decoded(raw)
        read = web_lines if is_web_page(text) else markdown_lines if is_markdown(text) else plain_lines
        found = read(text)
    if not any(line.text.strip() for line in found):
        raise BadInput("holds no text", mend="is it a picture of a text, or a page that a script fills?")
    return found
