"""What reading gets right, how fast, and how it grows: `python benchmarks/reading.py --data DIR` prints a Markdown table.

DIR (default: the environment's EVIDERMIS_DATA) holds `reading/` with labelled designs (CSV, column `accepted_label`) and
numbers (JSON lines with spans). Nothing of it is in the project.
"""

import argparse
import csv
import gc
import os
import platform
import time
from collections import Counter
from pathlib import Path

from evidermis.evidence.record import Record, Section
from evidermis.reading import bundled_reader, design_model, design_of_label, facts_as_json

csv.field_size_limit(10**9)


def records(file: Path) -> tuple[list[Record], list[str]]:
    rows = list(csv.DictReader(file.open(encoding="utf-8", errors="replace")))
    made = [
        Record(title=r["title"], abstract=(Section(r["abstract"]),), journal=r["journal_name"], source_id=r["pmid"])
        for r in rows
    ]
    return made, [design_of_label(r["accepted_label"]) or "" for r in rows]


def scores(told: list[str], read: list[str]) -> tuple[float, float]:
    right = Counter(t for t, r in zip(told, read, strict=True) if t == r)
    f1 = [2 * right[d] / (told.count(d) + read.count(d)) for d in sorted(set(told))]
    return sum(right.values()) / len(told), sum(f1) / len(f1)


def line(what: str, *figures: str) -> None:
    print("|", what, "|", " | ".join(figures), "|")


def designs(data: Path) -> None:
    train, labels = records(data / "study_design_train.csv")
    test, told = records(data / "study_design_val.csv")
    reader = bundled_reader()
    started = time.perf_counter()
    model = design_model([reader.example(r, design_of_label(d)) for r, d in zip(train, labels, strict=True)])
    took = time.perf_counter() - started
    print("\n| design, validation part | accuracy | macro F1 | people's rung for animals or cells |\n|---|---|---|---|")
    for what, one in (("cues alone (what ships)", reader), ("trained on the training part", bundled_reader(model))):
        read = [one.read(record).design for record in test]
        bench = [r for t, r in zip(told, read, strict=True) if t in ("animal", "in-vitro")]
        lifted = sum(r in ("randomised-trial", "human-non-randomised", "case-report") for r in bench)
        accuracy, macro = scores(told, read)
        line(what, f"{accuracy:.3f}", f"{macro:.3f}", f"{lifted}/{len(bench)}")
    print(f"\nTraining took {took:.1f} s.")


def speed(data: Path) -> None:
    made, _ = records(data / "study_design_train.csv")
    reader = bundled_reader()
    reader.read(made[0])
    # As the command line does it: what lives as long as the reading is not looked through for cycles.
    gc.freeze()
    gc.set_threshold(100_000)
    best = 0.0
    for _ in range(3):
        started = time.process_time()
        for record in made:
            facts_as_json(reader.read(record))
        best = max(best, len(made) / (time.process_time() - started))
    print(
        f"\nReading: {best:.0f} abstracts a second of one core ({platform.machine()}, Python {platform.python_version()})."
    )


def growth() -> None:
    reader = bundled_reader()
    print("\n| hostile text | 0.25 MB | 0.5 MB | 1 MB |\n|---|---|---|---|")
    shapes = {
        "digits": "1",
        "digits and spaces": "12 ",
        "nested brackets": "(",
        "n =": "(n = 12) ",
        "± ": "1±",
        "commas": "1,",
        "groups": "30 women received serum and 29 placebo. ",
        "results": "5% in the placebo group and ",
        "changes": "from 8 to 5 ",
        "doses": "2 x 10^9 particles/mL ",
        "short names": "Arm A (n = 30) had PDL and arm B (n = 29) FL. ",
        "rows": "30, 29 and ",
        "fractions": "12/30 (40%) in arm A and 9/29 in arm B, respectively, ",
        "sides": "one cheek had serum and the other cheek ",
    }
    for what, shape in shapes.items():
        times = []
        for size in (250_000, 500_000, 1_000_000):
            text = (shape * (size // len(shape) + 1))[:size]
            started = time.process_time()
            reader.read(Record(title="", abstract=(Section(text),), source_id="1"))
            times.append(f"{time.process_time() - started:.2f} s")
        line(what, *times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("EVIDERMIS_DATA", "data")))
    data = parser.parse_args().data / "reading"
    designs(data)
    speed(data)
    growth()


if __name__ == "__main__":
    main()
