"""How fast records are read beside rispy, nbib and pubmed-parser, and whether every record of real files is read.

    python benchmarks/formats.py speed [--data DIR] [--peer PYTHON] [--rounds 5]
    python benchmarks/formats.py counts --data DIR

DIR (default: the environment's EVIDERMIS_DATA) holds `formats/`, `registry/` and other folders of records; without it, `speed` takes files that it
makes and `counts` says that there is nothing to count. `--peer` is a Python that can import the peers (the Makefile makes one).

Speed is processor time, the least of all rounds, each in a process of its own and in turns, so that a busy machine does both the
same harm. Counts are held against counting marks in the bytes (`ER  -`, `PMID-`, `<PubmedArticle>`, `@article{`, rows), which knows nothing of our readers.
"""

import argparse
import csv
import gzip
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

csv.field_size_limit(10**9)
PEERS = {
    "rispy": "import rispy\ndef run(p):\n    with open(p, encoding='utf-8') as f: return len(rispy.load(f))",
    "nbib": "import nbib\ndef run(p): return len(nbib.read_file(p))",
    "pubmed-parser": "import pubmed_parser\ndef run(p): return sum(1 for _ in pubmed_parser.parse_medline_xml(p))",
}
OURS = "from evidermis.formats import read\ndef run(p):\n    with open(p, 'rb') as f: return sum(1 for _ in read(f, p))"
# What rispy gives: the fields of each entry, as text. The rest of our time goes into making records of them.
FIELDS = """
from evidermis.formats.lines import decoded_blocks, opened
from evidermis.formats.ris_entries import ris_entries
def run(p):
    with open(p, 'rb') as f: return sum(1 for _ in ris_entries(decoded_blocks(opened(f, p))))
"""
# The least that making records costs: msgspec, which is written in C, makes the same objects from their own JSON.
OBJECTS = """
from functools import cache
from msgspec.json import Decoder
from evidermis.evidence.record import Record
from evidermis.formats import read
made = Decoder(Record).decode
@cache
def written(p):
    with open(p, 'rb') as f: return [one.canonical for one in read(f, p)]
def run(p):
    for one in written(p): made(one)
    return len(written(p))
"""
TIMED = """
import json, re, resource, sys, time
from pathlib import Path
def peak():
    # What getrusage tells of a process begins with the peak of the one that started it; the kernel's own mark does not.
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
    return (int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
run(sys.argv[1])
took = []
for _ in range(5):
    begun = time.process_time(); count = run(sys.argv[1]); took.append(time.process_time() - begun)
print(json.dumps([count, min(took), peak()]))
"""
Timing = tuple[int, float, float]


def timed(python: str, code: str, file: Path) -> Timing:
    """Entries, processor seconds and peak megabytes."""
    done = subprocess.run([python, "-c", code + TIMED, str(file)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-1500:])
    count, seconds, megabytes = json.loads(done.stdout)
    return count, seconds, megabytes


def made(folder: Path, data: Path | None) -> dict[str, Path]:
    """The files to read, one for each peer: RIS, MEDLINE, gzipped PubMed XML, and the last one eight times as long."""
    from evidermis.formats import write

    found = {name: folder / name for name in ("rispy", "nbib", "pubmed-parser", "pubmed-parser × 8")}
    if data:
        found["rispy"] = data / "formats/bibtex/tests_testthat_zotero_export.ris"
        found["nbib"] = data / "formats/medline/pubmed_1000.txt"
        xml = [
            entry
            for file in sorted((data / "formats/pubmed_xml").glob("*.xml"))
            for entry in articles(file.read_bytes())
        ]
    else:
        sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
        from records import record

        some = [record(number) for number in range(1000)]
        found["rispy"].write_text(write(some, "ris"), encoding="utf-8")
        found["nbib"].write_text(write(some, "nbib"), encoding="utf-8")
        xml = [
            f"<PubmedArticle><MedlineCitation><PMID>{r.source_id}</PMID><Article><Journal><Title>{r.journal}</Title><JournalIssue><PubDate><Year>{r.year}"
            f"</Year></PubDate></JournalIssue></Journal><ArticleTitle>{r.title}</ArticleTitle><Abstract><AbstractText>{r.abstract_text}</AbstractText>"
            "</Abstract></Article></MedlineCitation><PubmedData><ArticleIdList/></PubmedData></PubmedArticle>".encode()
            for r in some
        ]  # fmt: skip
    for name, times in (("pubmed-parser", 8), ("pubmed-parser × 8", 64)):
        with gzip.open(found[name], "wb", compresslevel=1) as out:
            out.write(b"<?xml version='1.0'?>\n<PubmedArticleSet>\n")
            for _ in range(times):
                out.write(b"\n".join(xml))
            out.write(b"\n</PubmedArticleSet>\n")
    return found


def articles(xml: bytes) -> list[bytes]:
    return re.findall(rb"<PubmedArticle[ >].*?</PubmedArticle>", xml, re.DOTALL)


def size(file: Path) -> float:
    raw = file.read_bytes()
    return len(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw) / 1e6


def speed(data: Path | None, peer: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = made(Path(folder), data)
        print(
            "| file | MB | entries | µs an entry | MB/s | peer, MB/s | ratio | peak, MB |\n|---|---|---|---|---|---|---|---|"
        )
        for name, code in PEERS.items():
            file = files[name]
            mine: list[Timing] = []
            theirs: list[Timing] = []
            for _ in range(rounds):
                mine.append(timed(sys.executable, OURS, file))
                if peer:
                    theirs.append(timed(peer, code, file))
            told(file.name[:30], size(file), min(mine, key=seconds_of), min(theirs, key=seconds_of, default=None), name)
            if name == "pubmed-parser":
                continue
            if name == "rispy":
                fields = min((timed(sys.executable, FIELDS, file) for _ in range(rounds)), key=seconds_of)
                told(
                    "the same, no further than fields",
                    size(file),
                    fields,
                    min(theirs, key=seconds_of, default=None),
                    name,
                )
            made_only = min((timed(sys.executable, OBJECTS, file) for _ in range(rounds)), key=seconds_of)
            told("its records alone, made by msgspec", size(file), made_only, None, name)
        long = files["pubmed-parser × 8"]
        told("the XML eight times", size(long), timed(sys.executable, OURS, long), None, "")
    told_machine()


def seconds_of(timing: Timing) -> float:
    return timing[1]


def told(what: str, megabytes: float, ours: Timing, theirs: Timing | None, name: str) -> None:
    count, seconds, peak = ours
    beside = (
        f"{megabytes / theirs[1]:.1f} ({name}, {theirs[0]} entries) | {theirs[1] / seconds:.2f}" if theirs else " | "
    )
    print(
        f"| {what} | {megabytes:.1f} | {count} | {1e6 * seconds / count:.1f} | {megabytes / seconds:.1f} | {beside} | {peak:.0f} |"
    )


def told_machine() -> None:
    cores, load = os.cpu_count(), os.getloadavg()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"\nPython {platform.python_version()}, {cores} cores, {memory:.0f} GB, load {load:.1f}, {time.strftime('%Y-%m-%d')}."
    )


def rows(raw: bytes) -> int:
    """Rows of a table below its header, by the standard library."""
    text = raw.decode("utf-8-sig", "replace")
    header = text.partition("\n")[0]
    return (
        sum(
            any(cell.strip() for cell in row)
            for row in csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t|", key=header.count))
        )
        - 1
    )


def objects(raw: bytes) -> int:
    """Objects of a JSON list, of JSON lines, or the one there is."""
    try:
        whole = json.loads(raw)
    except json.JSONDecodeError:
        return sum(bool(line.strip()) for line in raw.splitlines())
    return len(whole) if isinstance(whole, list) else 1


def marks(pattern: bytes) -> Callable[[bytes], int]:
    return lambda raw: len(re.findall(pattern, raw, re.MULTILINE))


COUNTS: dict[str, Callable[[bytes], int]] = {
    "ris": marks(rb"^(?:\xef\xbb\xbf)?\s*TY  ?-"),
    "nbib": marks(rb"^PMID- "),
    "pubmed-xml": marks(rb"<(?:PubmedArticle|PubmedBookArticle)[ >]"),
    "bibtex": marks(rb"^\s*@(?!comment|string|preamble)\w+\s*[{(]"),
    "endnote-xml": marks(rb"<record>"),
    "wos": marks(rb"^PT "),
    "csv": rows,
    "ctgov": objects,
    "csl": objects,
}
FOLDERS = ("formats/*", "registry/*", "linkage", "screening", "reading")


def counts(data: Path | None) -> int:
    """How many files gave another number of entries (records, and what is told as unreadable) than was counted."""
    from evidermis.evidence.errors import BadInput
    from evidermis.formats import Unreadable, detected_format, read

    if data is None:
        print("no --data and no EVIDERMIS_DATA: nothing to count")
        return 0
    differing = files = total = 0
    print("| file | format | counted | records | told as unreadable |\n|---|---|---|---|---|")
    for file in sorted(one for folder in FOLDERS for one in data.glob(f"{folder}/*") if one.is_file()):
        raw, name = file.read_bytes(), file.relative_to(data)
        try:
            form = detected_format(raw[:65536], file.name)
            entries = list(read(raw, file.name))
        except BadInput as error:
            print(f"| {name} | none | | 0 | the file: {error.what} |")
            continue
        unread = [entry for entry in entries if isinstance(entry, Unreadable)]
        counted = COUNTS[form](raw)
        files, total = files + 1, total + len(entries) - len(unread)
        is_same = counted == len(entries)
        differing += not is_same
        told = "; ".join(f"line {one.line}: {one.reason}" for one in unread[:2])
        print(
            f"| {name} | {form} | {counted}{'' if is_same else ' DIFFERS'} | {len(entries) - len(unread)} | {len(unread)}{f' ({told})' if told else ''} |"
        )
    print(f"\n{files} files with {total:,} records; {differing} with another number of entries than was counted.")
    return differing


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("what", choices=["speed", "counts"])
    words.add_argument("--data", type=Path, default=os.environ.get("EVIDERMIS_DATA") or None)
    words.add_argument("--peer", default="", help="a Python that can import rispy, nbib and pubmed_parser")
    words.add_argument("--rounds", type=int, default=5)
    given = words.parse_args()
    if given.what == "counts":
        raise SystemExit(1 if counts(given.data) else 0)
    speed(given.data, given.peer, given.rounds)


if __name__ == "__main__":
    main()
