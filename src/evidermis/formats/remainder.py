"""What a format has no place for, carried beside its own fields, so that a record read back is the record written.

Only the fields that the format would change are carried, each with the hash of how it reads without help. Where somebody
has since edited the format's own field, the hash no longer fits and the edit wins.
"""

import hashlib
import json
import re
from dataclasses import asdict, fields
from typing import cast

from pydantic import TypeAdapter, ValidationError

from evidermis.evidence.record import Record

__all__ = ["MARK", "NOTHING", "remainder", "restored"]

MARK = "evidermis:"
NOTHING = MARK + "{}"
_RECORD = TypeAdapter(Record)
_NAMES = tuple(field.name for field in fields(Record))
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def remainder(record: Record, plain: Record) -> str:
    """One line of ASCII that turns `plain` (how the format reads back) into `record`; `""` where they are equal."""
    if record == plain:
        return ""
    wanted, read = asdict(record), asdict(plain)
    kept = {name: [_hash(read[name]), wanted[name]] for name in _NAMES if getattr(record, name) != getattr(plain, name)}
    text = json.dumps(kept, separators=(",", ":"))
    # Braces inside strings are written as escapes: BibTeX counts them.
    return MARK + _STRING.sub(lambda found: found[0].replace("{", "\\u007b").replace("}", "\\u007d"), text)


def restored(plain: Record, text: str) -> Record:
    """The record that was written; `plain` itself where the text is not a remainder or no longer fits."""
    try:
        kept: object = json.loads(text.strip().removeprefix(MARK))
    except (json.JSONDecodeError, RecursionError):
        return plain
    if not isinstance(kept, dict):
        return plain
    held = asdict(plain)
    for name, pair in cast("dict[str, object]", kept).items():
        if name in held and isinstance(pair, list) and len(cast("list[object]", pair)) == 2:
            seen, value = cast("list[object]", pair)
            # A writer that numbers equal keys apart (BibTeX) changes the name, so its hash says nothing.
            if name == "source_id" or seen == _hash(held[name]):
                held[name] = value
    try:
        return _RECORD.validate_python(held)
    except ValidationError:
        return plain


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
