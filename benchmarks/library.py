"""How fast a library takes records in and finds them, beside SQLite's own full text (FTS5) in one run.

    python benchmarks/library.py [--many 100000] [--data FILE.nbib]

The records are made: with `--data` from those of a MEDLINE file, each copy with a number, title words and abstract of its own; without,
from a list of words. The peer reads the same file with the same reader, stores the same content and fills an FTS5 table
(`porter unicode61`, columns as ours), so that the ratio is that of the stores and not of the readers.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from evidermis.evidence.record import Record
from evidermis.formats import read
from evidermis.library import Library, SearchIndex
from evidermis.review.bundle import write_starter

WORDS = [
    f"{a}{b}"
    for a in ("derm", "vesic", "collag", "pigm", "wrink", "exos", "lip", "kerat", "melan", "prot")
    for b in ("al", "in", "on", "ose", "oid", "ation", "ity", "ule", "ing", "ed")
]
PEER = """
import sqlite3, sys
from evidermis.evidence.record import Record
from evidermis.formats import read
db = sqlite3.connect(sys.argv[2], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = NORMAL")
db.execute("CREATE TABLE record (number INTEGER PRIMARY KEY, digest TEXT UNIQUE, content BLOB)")
db.execute("CREATE VIRTUAL TABLE found USING fts5(title, abstract, author, journal, keyword, id, year, content='', tokenize='porter unicode61')")
db.execute("BEGIN")
with open(sys.argv[1], "rb") as stream:
    for r in read(stream):
        if isinstance(r, Record):
            n = db.execute("INSERT OR IGNORE INTO record (digest, content) VALUES (?, ?)", (r.digest, r.canonical)).lastrowid
            authors = " ".join(f"{a.given} {a.family}" for a in r.authors)
            words = " ".join((*r.keywords, *(h.descriptor for h in r.headings), *r.substances))
            ids = " ".join((r.source_id, *(i.value for i in r.identifiers)))
            db.execute("INSERT INTO found (rowid, title, abstract, author, journal, keyword, id, year) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                       (n, r.title, r.abstract_text, authors, r.journal, words, ids, r.year))
db.execute("COMMIT")
"""  # fmt: skip


def made_file(path: Path, many: int, data: Path | None) -> None:
    """A MEDLINE file of so many different records."""
    dice = random.Random(1)
    if data:
        entries = [e for e in data.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n\n") if "PMID- " in e]
    else:
        entries = [
            f"PMID- 0\nTI  - T\nAB  - {' '.join(dice.choices(WORDS, k=180))}\nFAU - Doe, Jane\nAU  - Doe J\nJT  - J\nDP  - 2020 Jun\n"
            for _ in range(1000)
        ]
    words = sorted({w for e in entries for w in e.split() if w.isalpha() and len(w) > 4})
    with path.open("w", encoding="utf-8") as out:
        for number in range(many):
            lines = []
            for line in entries[number % len(entries)].strip("\n").split("\n"):
                if line.startswith("PMID- "):
                    line = f"PMID- {30_000_000 + number}"
                elif line.startswith("TI  - "):
                    line = f"{line} {' '.join(dice.choices(words, k=6))}"
                elif line.startswith("AB  - "):
                    line = f"{line} {' '.join(dice.choices(words, k=20))}"
                lines.append(line)
            out.write("\n".join(lines) + "\n\n")


def timed(command: list[str], cwd: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak megabytes of a process."""
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        _, status, used = os.wait4(process.pid, 0)
        assert process.stderr is not None
        if status:
            raise SystemExit(process.stderr.read().decode()[-2000:])
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def per_query(find, queries: list[str]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    find(queries[0])
    took = []
    for query in queries:
        begun = time.perf_counter()
        find(query)
        took.append(1000 * (time.perf_counter() - begun))
    median, slow = np.percentile(took, [50, 95])
    return float(median), float(slow)


def queries_from(path: Path, many: int) -> list[str]:
    dice = random.Random(2)
    with path.open("rb") as stream:
        titles = [r.title for r, _ in zip(read(stream), range(2000), strict=False)]
    found = []
    while len(found) < many:
        words = [w.strip(".,:;()?") for w in dice.choice(titles).split()]
        words = [w for w in words if w.isalpha() and len(w) > 3 and w not in ("AND", "NOT")]
        if len(words) >= 3:
            found.append(" ".join(dice.sample(words, dice.choice((1, 2, 3)))))
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--many", type=int, default=100_000)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        file, review, peer = folder / "many.nbib", folder / "mine", folder / "peer.db"
        made_file(file, given.many, given.data)
        write_starter(review, "2026-11-23")
        ours = [sys.executable, "-m", "evidermis", "import", str(file), "--quiet"]
        taken, busy, megabytes = timed(ours, review)
        again, *_ = timed(ours, review)
        theirs, other_busy, peak = timed([sys.executable, "-c", PEER, str(file), str(peer)], folder)
        queries = queries_from(file, 500)
        with Library(review / "library.db") as library:
            count = len(library)
            index = SearchIndex(library, review / "library.index")
            # The 20 best with their records, as `evidermis search` gives them.
            median, slow = per_query(lambda query: index.search(query, 20), queries)
        db = sqlite3.connect(peer)
        decoded = TypeAdapter(Record)
        sql = "SELECT content FROM (SELECT rowid AS number FROM found WHERE found MATCH ? ORDER BY bm25(found, 3, 1, 1, 0.5, 2, 1, 0) LIMIT 20) JOIN record USING (number)"
        other, other_slow = per_query(
            lambda query: [decoded.validate_python(json.loads(one)) for (one,) in db.execute(sql, (query,))], queries
        )
    print(f"{count:,} records, {file.name}\n")
    print("| | evidermis | SQLite FTS5 | ratio |\n|---|---|---|---|")
    print(f"| import, whole process, s | {taken:.1f} | {theirs:.1f} | {theirs / taken:.2f} |")
    print(f"| of it processor time, s | {busy:.1f} | {other_busy:.1f} | {other_busy / busy:.2f} |")
    print(f"| peak memory, MB | {megabytes:.0f} | {peak:.0f} | {peak / megabytes:.2f} |")
    print(f"| the same file again, s | {again:.1f} | | {taken / again:.1f} times less |")
    print(f"| search, median, ms | {median:.2f} | {other:.2f} | {other / median:.1f} |")
    print(f"| search, 95th percentile, ms | {slow:.2f} | {other_slow:.2f} | {other_slow / slow:.1f} |")
    print(json.dumps({"python": sys.version.split()[0], "cores": os.cpu_count(), "sqlite": sqlite3.sqlite_version}))


if __name__ == "__main__":
    main()
