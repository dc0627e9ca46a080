"""The tables of `library.db`, and how an older file becomes a newer one.

A *payload* is an imported file; an *entry* is one place in it, where a record stands or could not be read. A *work* is a
stage at a version, with settings, over inputs; what it *made* stands in the same transaction as the note that it did. Records
are never changed. `record.number` only ever rises, so that the search index can tell how far it has read.
"""

import sqlite3
import uuid
from pathlib import Path

from evidermis.evidence.errors import BadInput
from evidermis.library.failures import failures_told

__all__ = ["MIGRATIONS", "connected"]

# Each step is one transaction with the note that it ran (`user_version`); a step that was released is never changed.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE library (stamp TEXT NOT NULL)",
        """CREATE TABLE payload (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, file TEXT NOT NULL,
           size INTEGER NOT NULL, changed INTEGER NOT NULL)""",
        """CREATE TABLE record (number INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE,
           source TEXT NOT NULL, source_id TEXT NOT NULL, content BLOB NOT NULL)""",
        "CREATE INDEX record_of_source ON record (source, source_id)",
        """CREATE TABLE entry (payload INTEGER NOT NULL REFERENCES payload, number INTEGER NOT NULL,
           record INTEGER REFERENCES record, line INTEGER NOT NULL, reason TEXT NOT NULL,
           PRIMARY KEY (payload, number)) WITHOUT ROWID""",
        "CREATE INDEX entry_of_record ON entry (record)",
        """CREATE TABLE withdrawal (payload INTEGER NOT NULL REFERENCES payload, source TEXT NOT NULL,
           source_id TEXT NOT NULL, PRIMARY KEY (source, source_id, payload)) WITHOUT ROWID""",
        """CREATE TABLE work (number INTEGER PRIMARY KEY, stage TEXT NOT NULL, version INTEGER NOT NULL,
           settings TEXT NOT NULL, inputs TEXT NOT NULL, steps INTEGER NOT NULL, whole INTEGER NOT NULL,
           UNIQUE (inputs, stage, version, settings))""",
        """CREATE TABLE made (work INTEGER NOT NULL REFERENCES work, value TEXT NOT NULL,
           PRIMARY KEY (value, work)) WITHOUT ROWID""",
        "CREATE TABLE derived (value TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID",
    ),
)
# Another command may be writing; it holds the file for one batch at a time.
_PATIENCE_SECONDS = 120.0


def connected(path: Path) -> sqlite3.Connection:
    """The library at `path`, made or brought up to date where need be. `Damaged` where the file is no library."""
    with failures_told(path):
        connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
        try:
            # NORMAL in WAL mode never tears the file; what a power cut takes back is read again from `records/`.
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -65536"):
                connection.execute(f"PRAGMA {pragma}")
            _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        begun = _version(connection)
        if begun > len(MIGRATIONS):
            what = f"was written by a newer evidermis (version {begun} of its tables)"
            raise BadInput(what, file=str(path), mend="use that evidermis, or delete the file: it is rebuilt")
        for number, step in enumerate(MIGRATIONS[begun:], begun + 1):
            for statement in step:
                connection.execute(statement)
            if number == 1:
                connection.execute("INSERT INTO library VALUES (?)", (uuid.uuid4().hex,))
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
