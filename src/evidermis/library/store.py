"""The library: every record of a review and all that is derived from them, in one SQLite file.

It is a cache of `records/` with a schema: delete it, and reading the payloads again gives the same content. Whatever is
stored goes in with its lineage in one transaction, so that a kill at any moment leaves either both or neither.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from evidermis.evidence.errors import Defect
from evidermis.evidence.lineage import Made
from evidermis.evidence.record import Record, record_of
from evidermis.formats import Deletion, Entry, Unreadable
from evidermis.library.failures import failures_told
from evidermis.library.schema import connected

__all__ = ["Held", "LeftOut", "Library", "Stored", "Work"]


@dataclass(frozen=True, slots=True)
class Work:
    """A stage at a version, with settings, over inputs: the name of what it makes before that is made."""

    stage: str
    version: int
    settings: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A payload as the library knows it; `size` and `changed` (nanoseconds) tell whether its file was touched since."""

    number: int
    digest: str
    file: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that could not be read: its file, its number in it, its line, and why."""

    file: str
    number: int
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, record {self.number}, line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Held:
    """How much a payload gave: its entries, the records among them, those in no earlier payload, and those left out."""

    entries: int
    records: int
    new: int
    left_out: int


class Library:
    """One open `library.db`. Use it in a `with` block; several processes may hold the same file open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = connected(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __len__(self) -> int:
        """The number of records."""
        return int(self._one("SELECT count(*) FROM record"))

    @property
    def stamp(self) -> str:
        """A name of this file that changes when records leave it; what is built beside it carries the same."""
        return str(self._one("SELECT stamp FROM library"))

    # Payloads and their entries

    def payloads(self) -> tuple[Stored, ...]:
        """Every payload, by file name."""
        rows = self._rows("SELECT number, digest, file, size, changed FROM payload ORDER BY file")
        return tuple(Stored(int(n), str(d), str(f), int(s), int(c)) for n, d, f, s, c in rows)

    def name_payload(self, digest: str, file: str, size: int, changed: int) -> None:
        """Note that a payload is in this file now."""
        with self._writing() as run:
            run(
                "INSERT INTO payload (digest, file, size, changed) VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE"
                " SET file = excluded.file, size = excluded.size, changed = excluded.changed",
                (digest, file, size, changed),
            )

    def forget(self, digest: str) -> None:
        """Take out a payload whose file is gone, and the records that no other payload holds."""
        with self._writing() as run:
            row = run("SELECT number FROM payload WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                return
            works = "(SELECT number FROM work WHERE inputs = ?)"
            run(f"DELETE FROM made WHERE work IN {works}", (json.dumps([digest]),))  # noqa: S608 - no outside text
            run("DELETE FROM work WHERE inputs = ?", (json.dumps([digest]),))
            run("DELETE FROM withdrawal WHERE payload = ?", row)
            run("DELETE FROM entry WHERE payload = ?", row)
            run("DELETE FROM payload WHERE number = ?", row)
            run("DELETE FROM record WHERE number NOT IN (SELECT record FROM entry WHERE record IS NOT NULL)")
            run("UPDATE library SET stamp = lower(hex(randomblob(16)))")

    def works_on(self, digest: str, stage: str) -> tuple[Work, ...]:
        """The works of a stage that have begun on one input alone."""
        sql = "SELECT version, settings FROM work WHERE inputs = ? AND stage = ? ORDER BY version, settings"
        rows = self._rows(sql, (json.dumps([digest]), stage))
        return tuple(Work(stage, int(version), str(settings), (digest,)) for version, settings in rows)

    def steps(self, work: Work) -> tuple[int, bool]:
        """How many entries a work has stored, and whether that is all of them."""
        sql = "SELECT steps, whole FROM work WHERE inputs = ? AND stage = ? AND version = ? AND settings = ?"
        row = self._row(sql, _key(work))
        return (0, False) if row is None else (int(row[0]), bool(row[1]))

    def store(self, work: Work, digest: str, numbered: Sequence[tuple[int, Entry]], *, whole: bool) -> None:
        """Store entries of a payload and their lineage in one transaction; those stored before are left as they are."""
        records = [(n, e, e.canonical) for n, e in numbered if isinstance(e, Record)]
        named = [(n, e, content, hashlib.sha256(content).hexdigest()) for n, e, content in records]
        unread = [(n, e) for n, e in numbered if isinstance(e, Unreadable)]
        withdrawn = [(n, e) for n, e in numbered if isinstance(e, Deletion)]
        with self._writing() as run:
            row = run("SELECT number FROM payload WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                return  # another command has seen the file leave
            (payload,), number = row, self._begun(work)
            many = self._connection.executemany
            many(
                "INSERT INTO record (digest, source, source_id, content) VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING",
                [(name, _storable(e.source), _storable(e.source_id), content) for _, e, content, name in named],
            )
            many(
                "INSERT OR IGNORE INTO entry SELECT ?, ?, number, 0, '' FROM record WHERE digest = ?",
                [(payload, place, name) for place, _, _, name in named],
            )
            many("INSERT OR IGNORE INTO made (work, value) VALUES (?, ?)", [(number, name) for _, _, _, name in named])
            told = [(payload, place, e.line, _storable(e.reason)) for place, e in unread]
            many("INSERT OR IGNORE INTO entry VALUES (?, ?, NULL, ?, ?)", told)
            gone = [(payload, _storable(e.source), _storable(e.source_id)) for _, e in withdrawn]
            many("INSERT OR IGNORE INTO withdrawal VALUES (?, ?, ?)", gone)
            many("INSERT OR IGNORE INTO entry VALUES (?, ?, NULL, 0, '')", [(payload, place) for place, _ in withdrawn])
            steps = max((place for place, _ in numbered), default=0)
            run("UPDATE work SET steps = max(steps, ?), whole = max(whole, ?) WHERE number = ?", (steps, whole, number))

    def held(self, digest: str) -> Held:
        """How much a payload gave."""
        row = self._row(
            """SELECT count(*), count(record), count(*) FILTER (WHERE reason <> ''),
            count(DISTINCT record) FILTER (WHERE NOT EXISTS
            (SELECT 1 FROM entry AS other WHERE other.record = entry.record AND other.payload < entry.payload))
            FROM entry JOIN payload ON payload.number = entry.payload WHERE payload.digest = ?""",
            (digest,),
        ) or (0, 0, 0, 0)
        return Held(entries=int(row[0]), records=int(row[1]), left_out=int(row[2]), new=int(row[3]))

    def different(self, digests: Iterable[str]) -> int:
        """How many different entries some payloads gave: their records, each once, and what could not be read."""
        sql = """SELECT count(DISTINCT record) + count(DISTINCT CASE WHEN record IS NULL THEN payload || '/' || entry.number END)
            FROM entry JOIN payload ON payload.number = entry.payload WHERE digest IN (SELECT value FROM json_each(?))"""
        return int(self._one(sql, (json.dumps(list(digests)),)))

    def left_out(self, digest: str = "") -> tuple[LeftOut, ...]:
        """Every entry that could not be read, with its reason; those of one payload where it is named."""
        rows = self._rows(
            "SELECT file, entry.number, line, reason FROM entry JOIN payload ON payload.number = entry.payload"
            " WHERE reason <> '' AND (? = '' OR digest = ?) ORDER BY file, entry.number",
            (digest, digest),
        )
        return tuple(LeftOut(str(f), int(n), int(line), str(r)) for f, n, line, r in rows)

    # Records

    def records(self, after: int = 0) -> Iterator[tuple[int, str, Record]]:
        """Number, digest and content of every record whose number is higher, in the order of the numbers."""
        sql = "SELECT number, digest, content FROM record WHERE number > ? ORDER BY number LIMIT 1000"
        while rows := self._rows(sql, (after,)):
            for number, digest, content in rows:
                yield int(number), str(digest), _record(content)
            after = int(rows[-1][0])

    def noticed(self) -> Iterator[Record]:
        """Every record that carries a notice, in the order of their digests."""
        # The canonical form writes an empty list of notices as [].
        sql = "SELECT content FROM record WHERE instr(content, CAST('\"notices\":[{' AS BLOB)) ORDER BY digest"
        yield from (_record(content) for (content,) in self._rows(sql))

    def numbered(self, numbers: Iterable[int]) -> dict[int, tuple[str, Record]]:
        """Digest and content of the records with these numbers; a number that is nobody's is left out."""
        sql = "SELECT number, digest, content FROM record WHERE number IN (SELECT value FROM json_each(?))"
        rows = self._rows(sql, (json.dumps(list(numbers)),))
        return {int(number): (str(digest), _record(content)) for number, digest, content in rows}

    def named(self, numbers: Iterable[int]) -> dict[int, str]:
        """The digests of the records with these numbers."""
        sql = "SELECT number, digest FROM record WHERE number IN (SELECT value FROM json_each(?))"
        return {int(n): str(digest) for n, digest in self._rows(sql, (json.dumps(list(numbers)),))}

    def places(self, digest: str) -> tuple[tuple[str, int], ...]:
        """The file and the number of each entry that gave a record."""
        rows = self._rows(
            """SELECT payload.file, entry.number FROM record JOIN entry ON entry.record = record.number
            JOIN payload ON payload.number = entry.payload WHERE record.digest = ? ORDER BY file, entry.number""",
            (digest,),
        )
        return tuple((str(file), int(number)) for file, number in rows)

    def starting(self, digest: str) -> tuple[tuple[int, str], ...]:
        """Number and digest of the records whose digest starts so, at most ten."""
        rows = self._rows(
            "SELECT number, digest FROM record WHERE digest >= ? AND digest < ? || 'g' ORDER BY digest LIMIT 10",
            (digest, digest),
        )
        return tuple((int(n), str(d)) for n, d in rows)

    def digests(self) -> tuple[str, ...]:
        """The digest of every record, in order."""
        return tuple(str(d) for (d,) in self._rows("SELECT digest FROM record ORDER BY digest"))

    def digests_of(self, payloads: Iterable[str]) -> frozenset[str]:
        """The digests of the records that these payloads hold; a payload that is nobody's holds none."""
        sql = (
            "SELECT DISTINCT record.digest FROM payload JOIN entry ON entry.payload = payload.number"
            " JOIN record ON record.number = entry.record WHERE payload.digest IN (SELECT value FROM json_each(?))"
        )
        return frozenset(str(d) for (d,) in self._rows(sql, (json.dumps(list(payloads)),)))

    def last_number(self) -> int:
        """The highest number of a record; 0 where there is none."""
        return int(self._one("SELECT coalesce(max(number), 0) FROM record"))

    def withdrawn(self) -> frozenset[str]:
        """The digests of records that their source has withdrawn since. They stay, and are told as withdrawn."""
        sql = "SELECT digest FROM record JOIN withdrawal USING (source, source_id)"
        return frozenset(str(d) for (d,) in self._rows(sql))

    # Lineage

    def derived(self, work: Work, make: Callable[[], bytes]) -> bytes:
        """What a work made: as it was stored, or made now and stored with its lineage in one transaction."""
        if (found := self.made_by(work)) is not None:
            return found
        content = make()
        name = hashlib.sha256(content).hexdigest()
        with self._writing() as run:
            number = self._begun(work)
            run("INSERT OR IGNORE INTO derived (value, content) VALUES (?, ?)", (name, content))
            run("INSERT OR IGNORE INTO made (work, value) VALUES (?, ?)", (number, name))
            run("UPDATE work SET steps = 1, whole = 1 WHERE number = ?", (number,))
        return content

    def made_by(self, work: Work) -> bytes | None:
        """What a work made, where it has been done."""
        row = self._row(
            "SELECT content FROM work JOIN made ON made.work = work.number JOIN derived USING (value)"
            " WHERE inputs = ? AND stage = ? AND version = ? AND settings = ? AND whole",
            _key(work),
        )
        return None if row is None else _bytes(row[0])

    def made(self, value: str) -> tuple[Made, ...]:
        """How a value came to be, once for each work that made it."""
        rows = self._rows(
            "SELECT stage, version, settings, inputs FROM made JOIN work ON work.number = made.work WHERE value = ?"
            " ORDER BY stage, version, settings, inputs",
            (value,),
        )
        return tuple(Made(value, str(s), int(v), str(how), tuple(json.loads(str(i)))) for s, v, how, i in rows)

    # The whole

    def export(self) -> Iterator[bytes]:
        """All that the payloads gave, as lines that depend on neither order, time nor place of what was done."""
        queries = (
            "SELECT 'record', digest, hex(content) FROM record ORDER BY digest",
            "SELECT 'payload', digest, file FROM payload ORDER BY digest",
            """SELECT 'entry', payload.digest, entry.number, record.digest, line, reason FROM entry
               JOIN payload ON payload.number = entry.payload LEFT JOIN record ON record.number = entry.record
               ORDER BY payload.digest, entry.number""",
            """SELECT 'withdrawal', digest, source, source_id FROM withdrawal
               JOIN payload ON payload.number = withdrawal.payload ORDER BY digest, source, source_id""",
            """SELECT 'made', value, stage, version, settings, inputs, steps, whole FROM made
               JOIN work ON work.number = made.work WHERE value IN (SELECT digest FROM record)
               ORDER BY value, stage, version, settings, inputs""",
        )
        for query in queries:
            for row in self._rows(query):
                yield json.dumps(row).encode() + b"\n"

    def is_sound(self) -> bool:
        """True where SQLite finds nothing wrong with the file, and every record is what its digest says."""
        if self._one("PRAGMA integrity_check") != "ok" or self._rows("PRAGMA foreign_key_check"):
            return False
        return all(record.digest == digest for _, digest, record in self.records())

    def _begun(self, work: Work) -> int:
        sql = "INSERT OR IGNORE INTO work (inputs, stage, version, settings, steps, whole) VALUES (?, ?, ?, ?, 0, 0)"
        self._connection.execute(sql, _key(work))
        found = "SELECT number FROM work WHERE inputs = ? AND stage = ? AND version = ? AND settings = ?"
        return int(self._one(found, _key(work)))

    @contextmanager
    def _writing(self) -> Generator[Callable[..., sqlite3.Cursor]]:
        """One transaction; what it yields runs a statement in it."""
        with failures_told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[int | str | bytes, ...]]:
        with failures_told(self.path):
            return self._connection.execute(sql, tuple(values)).fetchall()  # pyright: ignore[reportArgumentType]

    def _row(self, sql: str, values: Sequence[object] = ()) -> tuple[int | str | bytes, ...] | None:
        return next(iter(self._rows(sql, values)), None)

    def _one(self, sql: str, values: Sequence[object] = ()) -> int | str | bytes:
        return self._rows(sql, values)[0][0]


def _key(work: Work) -> tuple[str, str, int, str]:
    return json.dumps(list(work.inputs)), work.stage, work.version, work.settings


def _record(content: int | str | bytes) -> Record:
    return record_of(_bytes(content))


def _bytes(cell: int | str | bytes) -> bytes:
    if not isinstance(cell, bytes):
        raise Defect("a column of bytes holds something else")
    return cell


def _storable(text: str) -> str:
    """SQLite's text is UTF-8; half a surrogate pair, which some files hold, is shown as `?` outside the content."""
    return text.encode("utf-8", "replace").decode("utf-8")
