"""Plain text, in whatever usual encoding."""

from evidermis.auditing.article import Line
from evidermis.evidence.errors import BadInput
from evidermis.evidence.inert import clean

__all__ = ["decoded", "plain_lines"]


def decoded(raw: bytes) -> str:
    """The text of bytes: UTF-8 (with or without its mark), UTF-16 with its mark, else Windows' western encoding."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    if text.count("\0") > len(text) / 1000:
        raise BadInput("is no text", mend="give text, Markdown, HTML, DOCX or a PDF with a text layer")
    return text


def plain_lines(text: str) -> list[Line]:
    """Each line as it stands."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return [Line(clean(line), number) for number, line in enumerate(unified.split("\n"), 1)]
