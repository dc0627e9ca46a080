"""The review folder: plain text in, one immutable `Review` out, with the place of everything kept for error messages.

    review.toml  products.toml  background.toml  studies/*.toml  records/curated.toml  notices.csv  judgements.jsonl
    trials.jsonl

Only `review.toml` must be there. All faults of the folder's form are gathered before anything is told.
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from evidermis.appraisal.integrity import NoticeList, notice_list, with_notices
from evidermis.evidence.background import Background
from evidermis.evidence.errors import BadInput
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.product import Product
from evidermis.evidence.protocol import Protocol
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.evidence.trial import TrialState
from evidermis.review.folder.faults import Fault, refuse
from evidermis.review.folder.lines import Lines
from evidermis.review.folder.lines import Path as KeyPath

__all__ = ["NOTICES", "TRIALS", "Folder", "hand_written", "load", "read_folder", "written_entries"]

# The part of a list of notices that concerns this review, kept with its records.
NOTICES = "notices.csv"
# What registries said of the trials it watches, state by state.
TRIALS = "trials.jsonl"
_CURATED = "records/curated.toml"

T = TypeVar("T")

# A review folder is written by people; a file beyond this is not one of theirs. Decisions of screening are many, and a program's.
MOST_BYTES, MOST_BYTES_OF_LOG = 8_000_000, 512_000_000

# What a person does about a kind of pydantic error; the rest get the general advice.
_MENDS = {
    "unexpected_keyword_argument": "remove the key, or correct its spelling",
    "missing": "add the key",
    "missing_keyword_only_argument": "add the key",
    "literal_error": "use one of the words listed",
    "date_from_datetime_parsing": "write the date as 2026-01-31",
}


@dataclass(slots=True)
class Folder:
    """A folder as read: the review where it could be built, where each object stands, and the faults of its form.

    `studies` pairs each study with its file; `products`, `references` and `judgements` stand in the order of their files.
    """

    path: Path
    review: Review | None = None
    studies: list[tuple[str, Study]] = field(default_factory=list[tuple[str, Study]])
    products: list[Product] = field(default_factory=list[Product])
    references: list[Reference] = field(default_factory=list[Reference])
    judgements: list[tuple[int, Judgement]] = field(default_factory=list[tuple[int, Judgement]])
    faults: list[Fault] = field(default_factory=list[Fault])
    _lines: dict[str, Lines | None] = field(default_factory=dict[str, "Lines | None"])

    def fault(self, file: str, key: KeyPath, rule: str, what: str, mend: str) -> Fault:
        """A fault at a key of a file of this folder (a JSON Lines file counts its lines as `(line,)`)."""
        lines = self._lines.get(file)
        line = lines(key) if lines else (int(key[0]) + 1 if key and isinstance(key[0], int) else 1)
        return Fault(file, line, _dotted(key), rule, what, mend)

    def toml(self, file: str) -> dict[str, Any] | None:
        """The parsed text of a TOML file; None where it is absent or broken (then the fault is kept)."""
        text = self._text(file)
        if text is None:
            return None
        try:
            parsed = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found[1]) if found else len(text.splitlines()) or 1
            what = f"this is not TOML: {re.sub(r' [(]at .*', '', str(error))}"
            self.faults.append(Fault(file, line, "", "form", what, "correct the line"))
            return None
        self._lines[file] = Lines(text)
        return parsed

    def lines(self, file: str) -> list[str]:
        """The lines of a text file; none where it is absent."""
        return (self._text(file) or "").splitlines()

    def validated(self, kind: type[T], value: Any, file: str, above: KeyPath = ()) -> T | None:
        """`value` as a `kind`; None where it is not one (then the faults are kept)."""
        try:
            return _adapter(kind).validate_python(value)
        except ValidationError as error:
            seen: set[KeyPath] = set()
            for one in error.errors():
                place = (*above, *_key_path(one["loc"], value))
                if place not in seen:
                    seen.add(place)
                    mend = _MENDS.get(one["type"], "write it as the starter made by `evidermis new` shows")
                    self.faults.append(self.fault(file, place, "form", one["msg"].lower(), mend))
            return None

    def _text(self, file: str) -> str | None:
        path = self.path / file
        if not path.exists():
            return None
        most = MOST_BYTES_OF_LOG if file == "judgements.jsonl" else MOST_BYTES
        if path.stat().st_size > most:
            mend = "keep harvested data in records/ and only hand-written facts here"
            self.faults.append(Fault(file, 1, "", "form", f"the file is larger than {most:,} bytes", mend))
            return None
        try:
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self.faults.append(Fault(file, line, "", "form", "the text is not UTF-8", "save the file as UTF-8"))
            return None


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(kind)


def read_folder(path: Path) -> Folder:
    """Read a review folder, gathering every fault of form. `BadInput` where there is no review at all."""
    if not (path / "review.toml").is_file():
        raise BadInput(
            "there is no review here",
            file=str(path / "review.toml"),
            mend=f"make one with `evidermis new {path.name or 'NAME'}`",
        )
    folder = Folder(path)
    text = folder.toml("review.toml")
    protocol = folder.validated(Protocol, text, "review.toml") if text is not None else None
    background = Background()
    if (written := folder.toml("background.toml")) is not None:
        background = folder.validated(Background, written, "background.toml") or background
    _read_studies(folder)
    folder.products = _entries(folder, Product, "products.toml", "products")
    folder.references = _entries(folder, Reference, _CURATED, "records")
    folder.judgements = _lines_of(folder, Judgement, "judgements.jsonl")
    trials = [state for _, state in _lines_of(folder, TrialState, TRIALS)]
    if protocol and not folder.faults:
        folder.review = Review(
            protocol=protocol,
            references=_sorted(folder.references, lambda r: r.id),
            studies=_sorted([study for _, study in folder.studies], lambda s: s.id),
            products=_sorted(folder.products, lambda p: p.id),
            background=background,
            trials=_sorted(trials, lambda t: (t.id, t.seen)),
            judgements=_sorted([j for _, j in folder.judgements], lambda j: (j.time.isoformat(), j.id)),
        )
        folder.review, _ = with_notices(folder.review, _notices(path / NOTICES))
    return folder


def load(path: Path) -> Review:
    """The review in a folder; `BadInput` names the first fault of its form."""
    folder = read_folder(path)
    if folder.review is None:
        raise refuse(folder.faults)
    return folder.review


def hand_written(path: Path) -> tuple[Reference, ...]:
    """The records that people wrote into a review, by their id; `BadInput` names the first fault of their file."""
    return _sorted(written_entries(path, Reference, _CURATED, "records"), lambda reference: reference.id)


def written_entries(path: Path, kind: type[T], file: str, name: str) -> list[T]:
    """The entries `[[name]]` of one file of a review, none where it is not there; `BadInput` names the file's first fault."""
    folder = Folder(path)
    found = _entries(folder, kind, file, name)
    if folder.faults:
        raise refuse(folder.faults)
    return found


def _notices(file: Path) -> NoticeList:
    """The list of notices kept with the records; an empty one where there is none."""
    if not file.is_file():
        return NoticeList({})
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return notice_list(csv.DictReader(io.StringIO(text.lower(), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput("this is no table in UTF-8", file=str(file), mend="write doi,nature as CSV") from error
    except BadInput as error:
        raise BadInput(error.what, file=str(file), place=error.place, mend=error.mend) from error


def _sorted(values: Sequence[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted(values, key=key))


def _read_studies(folder: Folder) -> None:
    for path in sorted((folder.path / "studies").glob("*.toml")):
        file = f"studies/{path.name}"
        written = folder.toml(file)
        if written is not None and (study := folder.validated(Study, written, file)):
            folder.studies.append((file, study))


def _entries(folder: Folder, kind: type[T], file: str, name: str) -> list[T]:
    """The entries `[[name]]` of a file that holds nothing else."""
    written = folder.toml(file)
    if written is None:
        return []
    for key in written:
        if key != name:
            folder.faults.append(
                folder.fault(file, (key,), "form", "unexpected key", f"this file holds [[{name}]] entries only")
            )
    entries = written.get(name, [])
    if not isinstance(entries, list):
        folder.faults.append(folder.fault(file, (name,), "form", "not a list of tables", f"write [[{name}]]"))
        return []
    read = (folder.validated(kind, one, file, (name, i)) for i, one in enumerate(entries))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return [one for one in read if one is not None]


def _lines_of(folder: Folder, kind: type[T], file: str) -> list[tuple[int, T]]:
    """The JSON objects of a file, one a line, each with the number of its line (from 0)."""
    found: list[tuple[int, T]] = []
    for number, line in enumerate(folder.lines(file)):
        if not line.strip():
            continue
        try:
            parsed = json.loads(line)
        except (ValueError, RecursionError) as error:
            what = f"this is not JSON: {error}"
            folder.faults.append(Fault(file, number + 1, "", "form", what, "correct or remove the line"))
            continue
        if (one := folder.validated(kind, parsed, file, (number,))) is not None:
            found.append((number, one))
    return found


def _key_path(location: tuple[int | str, ...], value: Any) -> KeyPath:
    """The part of a pydantic location that names keys as written: union branches and internal fields drop out."""
    path: list[str | int] = []
    here: Any = value
    for part in location:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            if part != location[-1] or not _is_table(here):
                break  # a union's branch or an internal field; a last part that is missing is a key that is missing
        path.append(part)
    return tuple(path)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _dotted(key: KeyPath) -> str:
    dotted = ""
    for part in key:
        dotted += f"[{part}]" if isinstance(part, int) else f".{part}" if dotted else part
    return dotted
