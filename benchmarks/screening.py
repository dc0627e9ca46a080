"""What an order of reading is worth, how fast it is made, and whether stopping keeps its promise.

    python benchmarks/screening.py ranking  --data DIR [--peer PYTHON]
    python benchmarks/screening.py renewal  --data DIR [--many 50000]
    python benchmarks/screening.py stopping --data DIR [--seeds 25]

DIR holds labelled reviews (CSV with title, abstract, label_included), `questions.json` and `baseline.json`; `--peer` is a Python
in whose environment ASReview is installed: it simulates the same files in the same run, both with linear algebra on one thread. `renewal` measures how long the order of
many records takes to be made anew after each decision; the records are made from DIR's by mixing their sentences. `stopping`
replays every file with as many seeds, each with another order of its records.
"""

import argparse
import csv
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from evidermis.screening.pool import Pool
from evidermis.screening.ranker import Ranker
from evidermis.screening.simulation import simulated_order
from evidermis.screening.stopping import StoppingRule, stopping_rule

csv.field_size_limit(10**9)
RULES = ("hypergeometric", "knee", "consecutive:50", "consecutive:200")


def mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))


def questions(folder: Path) -> dict[str, str]:
    return json.loads((folder / "questions.json").read_text(encoding="utf-8"))


def labelled(file: Path, seed: int | None = None) -> tuple[Pool, list[bool]]:
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    if seed is not None:
        random.Random(seed).shuffle(rows)
    pool = Pool(tuple(r["title"] or "" for r in rows), tuple(r["abstract"] or "" for r in rows))
    return pool, [float(r["label_included"] or 0) > 0 for r in rows]


def scored(labels: Sequence[bool], order: Sequence[int]) -> tuple[float, float]:
    """Loss (0 a perfect order, 1 the worst) and work saved at 95 % recall."""
    at = [rank for rank, row in enumerate(order, 1) if labels[row]]
    n, k = len(labels), len(at)
    best, worst = k * (k + 1) / 2, sum(range(n - k + 1, n + 1))
    needed = at[-(-95 * k // 100) - 1]
    return (sum(at) - best) / (worst - best), (n - needed) / n - 0.05


def whole_process(command: list[str]) -> float:
    begun = time.perf_counter()
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=one_thread)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return time.perf_counter() - begun


def ranking(given: argparse.Namespace) -> None:
    asked = questions(given.data)
    baseline = json.loads((given.data / "baseline.json").read_text(encoding="utf-8"))["files"]
    print("| file | loss cold | loss asked | baseline | wss95 cold | wss95 asked | baseline | s | peer s |")
    print("|---|---|---|---|---|---|---|---|---|")
    means: list[list[float]] = []
    seconds, theirs = 0.0, 0.0
    with tempfile.TemporaryDirectory() as scratch:
        run = Path(scratch) / "run.csv"
        for file in files(given.data):
            labels = labelled(file)[1]
            found: list[tuple[float, float]] = []
            ours = [sys.executable, "-m", "evidermis", "simulate", str(file), "--output", str(run)]
            spent: list[float] = []
            for extra in ([], ["--question", asked[file.stem]]):
                spent.append(whole_process(ours + extra))
                with run.open(encoding="utf-8") as lines:
                    found.append(scored(labels, [int(r["row"]) for r in csv.DictReader(lines)]))
            peer = ""
            if given.peer:
                project = Path(scratch) / f"{file.stem}.asreview"
                command = [given.peer, "-m", "asreview", "simulate", str(file), "--seed", "1", "--output", str(project)]
                taken = whole_process(command)
                peer, theirs = f"{taken:.1f}", theirs + taken
            seconds += spent[0]
            known = baseline[file.stem]
            row = [found[0][0], found[1][0], known["loss"], found[0][1], found[1][1], known["wss95"]]
            means.append(row)
            print(f"| {file.stem} | " + " | ".join(f"{x:.4f}" for x in row) + f" | {spent[0]:.2f} | {peer} |")
    column_means = [mean(column) for column in zip(*means, strict=True)]
    print("| mean | " + " | ".join(f"{x:.4f}" for x in column_means) + f" | {seconds:.2f} | {theirs:.1f} |")
    if theirs:
        print(f"\ncold, whole processes: {theirs / seconds:.1f} times faster")


def mixed(folder: Path, many: int, seed: int = 1) -> Pool:
    """Records made from real ones: each takes its sentences from three of them."""
    dice = random.Random(seed)
    pools = [labelled(file)[0] for file in files(folder)]
    titles = [t for p in pools for t in p.titles]
    sentences = [a.split(". ") for p in pools for a in p.abstracts if a]
    made: list[str] = []
    for _ in range(many):
        parts = [one[dice.randrange(len(one)) :] for one in dice.sample(sentences, 3)]
        made.append(". ".join(s for part in parts for s in part[:4]))
    return Pool(tuple(dice.choice(titles) for _ in range(many)), tuple(made))


def renewal(given: argparse.Namespace) -> None:
    pool = mixed(given.data, given.many)
    begun = time.perf_counter()
    ranker = Ranker(pool, "proton pump inhibitors for reflux oesophagitis")
    made = time.perf_counter() - begun
    dice = random.Random(1)
    times: list[tuple[int, float, float]] = []
    for count in range(1, given.decisions + 1):
        begun, spent = time.perf_counter(), time.process_time()
        row = ranker.order()[0]
        times.append((count, time.perf_counter() - begun, time.process_time() - spent))
        ranker.learn(row, dice.random() < 0.1)
    print(f"{given.many:,} records: made ready in {made:.1f} s; the order anew after each decision:")
    print("\n| decisions | median ms | 95th percentile ms | processor, median ms |\n|---|---|---|---|")
    edges = [1, 100, 500, 1000, 2000, 5000]
    for low, high in itertools.pairwise(edges):
        part = np.array([(1000 * wall, 1000 * spent) for n, wall, spent in times if low <= n < high])
        if len(part):
            (wall, spent), late = np.median(part, axis=0), np.percentile(part[:, 0], 95)
            print(f"| {low} to {high} | {wall:.0f} | {late:.0f} | {spent:.0f} |")


def stopped(rule: StoppingRule, seen: list[bool], every: int) -> int:
    """How many records were read when the rule first said stop, asked after `every` decisions."""
    return next((n for n in range(every, len(seen), every) if rule.decide(seen[:n], len(seen)).stop), len(seen))


def replays(given: argparse.Namespace) -> Iterator[tuple[str, list[bool]]]:
    asked = questions(given.data)
    for file in files(given.data):
        for seed in range(given.seeds):
            pool, labels = labelled(file, seed)
            order = simulated_order(pool, labels, "" if seed % 2 else asked[file.stem], seed)
            yield file.stem, [labels[row] for row in order]
            print(f"{file.stem} {seed}", file=sys.stderr)


def stopping(given: argparse.Namespace) -> None:
    runs = list(replays(given))
    print(f"{len(runs)} runs, half of them cold; a rule is asked after every {given.every} decisions.\n")
    print("| rule | runs that reach 95 % recall | least recall | mean recall | work saved |\n|---|---|---|---|---|")
    for written in RULES:
        rule = stopping_rule(written)
        ends = [(seen, stopped(rule, seen, given.every)) for _, seen in runs]
        recalls = [sum(seen[:end]) / sum(seen) for seen, end in ends]
        saved = mean(1 - end / len(seen) for seen, end in ends)
        held = mean(r >= 0.95 for r in recalls)
        print(f"| {rule.name} | {held:.1%} | {min(recalls):.3f} | {mean(recalls):.3f} | {saved:.1%} |")
    rule = stopping_rule(RULES[0])
    print("\n| file | runs that reach 95 % recall | least recall | work saved |\n|---|---|---|---|")
    for name in sorted({name for name, _ in runs}):
        ends = [(seen, stopped(rule, seen, given.every)) for one, seen in runs if one == name]
        recalls = [sum(seen[:end]) / sum(seen) for seen, end in ends]
        saved = mean(1 - end / len(seen) for seen, end in ends)
        print(f"| {name} | {mean(r >= 0.95 for r in recalls):.0%} | {min(recalls):.3f} | {saved:.1%} |")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = words.add_subparsers(required=True)
    for name, part in (("ranking", ranking), ("renewal", renewal), ("stopping", stopping)):
        one = parts.add_parser(name)
        one.set_defaults(part=part)
        one.add_argument("--data", type=Path, default=os.environ.get("EVIDERMIS_DATA"))
        if part is ranking:
            one.add_argument("--peer", default="")
        elif part is renewal:
            one.add_argument("--many", type=int, default=50_000)
            one.add_argument("--decisions", type=int, default=1_000)
        else:
            one.add_argument("--seeds", type=int, default=25)
            one.add_argument("--every", type=int, default=10)
    given = words.parse_args()
    if given.data is None:
        raise SystemExit("give --data, or set EVIDERMIS_DATA")
    given.data = Path(given.data)
    given.part(given)
    print(json.dumps({"python": sys.version.split()[0], "cores": os.cpu_count()}))


if __name__ == "__main__":
    main()
