"""How well and how fast records are linked, beside bib-dedupe in one run.

    python benchmarks/linkage.py --data DIR [--peer PYTHON] [--times 5] [--many 200000]

DIR holds the gold sets (`stroke__records_pre_merged.csv` …); `--peer` is a Python in whose environment `bib-dedupe` is installed.
Both run by turns, `--times` times each, and the median counts. `--many` measures growth (and `--plot FILE` draws it) on records made from DIR's by perturbing them: case, accents, abbreviations, pages, missing fields.
"""

import argparse
import csv
import itertools
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

SETS = ("stroke", "respiratory", "special_cases")
PEER = """
import sys, time, contextlib, io
import pandas as pd
t = time.time()
with contextlib.redirect_stdout(io.StringIO()):
    from bib_dedupe.bib_dedupe import block, match, prep, cluster
    records = pd.read_csv(sys.argv[1])
    prepared = prep(records)
    pairs = block(prepared)
    matched = match(pairs)
    groups = cluster(matched)
with open(sys.argv[2], "w") as out:
    out.write("record_id,cluster\\n")
    for number, group in enumerate(groups):
        for key in group:
            out.write(f"{key},{number}\\n")
"""


def pairs(groups: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(p) for g in groups for p in itertools.combinations(sorted(set(g)), 2)}


def gold(folder: Path, name: str) -> set[frozenset[str]]:
    if name == "diabetes":
        groups = defaultdict(list)
        for row in csv.DictReader((folder / "diabetes_gold_with_clusters.csv").open(encoding="utf-8-sig")):
            groups[row["cluster_id"]].append(row["record_id"])
        return pairs(list(groups.values()))
    rows = csv.DictReader((folder / f"{name}__merged_record_ids.csv").open(encoding="utf-8-sig"))
    return pairs([row["merged_ids"].split(";") for row in rows])


def found(path: Path) -> set[frozenset[str]]:
    groups = defaultdict(list)
    for row in csv.DictReader(path.open(encoding="utf-8")):
        groups[row["cluster"]].append(row["record_id"])
    return pairs(list(groups.values()))


def timed(command: list[str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return time.perf_counter() - begun


def by_turns(commands: list[list[str]], times: int) -> list[float]:
    """The median seconds of each command, run one after the other so that what else the machine does befalls all of them."""
    seconds = [[timed(command) for command in commands] for _ in range(times)]
    return [sorted(one)[len(one) // 2] for one in zip(*seconds, strict=True)]


def quality(folder: Path, peer: str, scratch: Path, times: int) -> None:
    print(
        "| set | records | precision | recall | F1 | false pairs | seconds | peer: precision / recall | peer: seconds | times faster |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in ("diabetes", *SETS):
        file = folder / ("diabetes_gold_with_clusters.csv" if name == "diabetes" else f"{name}__records_pre_merged.csv")
        if not file.exists():
            continue
        with file.open(encoding="utf-8-sig") as lines:
            records = sum(1 for _ in csv.DictReader(lines))
        out, theirs = scratch / f"{name}.csv", scratch / f"{name}-peer.csv"
        commands = [[sys.executable, "-m", "evidermis", "dedupe", str(file), "--output", str(out)]]
        if peer and name in ("stroke", "respiratory"):
            commands.append([peer, "-c", PEER, str(file), str(theirs)])
        seconds, *other = by_turns(commands, times)
        want, got = gold(folder, name), found(out)
        p, r = len(want & got) / max(1, len(got)), len(want & got) / max(1, len(want))
        row = [
            name,
            records,
            f"{p:.4f}",
            f"{r:.4f}",
            f"{2 * p * r / max(1e-9, p + r):.4f}",
            len(got - want),
            f"{seconds:.2f}",
        ]
        if other:
            hit = found(theirs)
            op, orc = len(want & hit) / max(1, len(hit)), len(want & hit) / max(1, len(want))
            row += [f"{op:.3f} / {orc:.3f}", f"{other[0]:.1f}", f"{other[0] / seconds:.0f}"]
        else:
            row += ["", "", ""]
        print("| " + " | ".join(map(str, row)) + " |")


def perturbed(rows: list[dict[str, str]], many: int, seed: int) -> list[dict[str, str]]:
    """Records made from real ones: each original becomes a work of its own (title and pages changed), then some get copies."""
    dice = random.Random(seed)
    words = sorted({word for row in rows for word in row["title"].split() if len(word) > 4})
    made: list[dict[str, str]] = []
    while len(made) < many:
        row = dict(dice.choice(rows))
        tokens = row["title"].split()
        for _ in range(max(2, len(tokens) // 2)):
            tokens[dice.randrange(len(tokens))] = dice.choice(words)
        page = dice.randrange(1, 4000)
        row |= {
            "title": " ".join(tokens),
            "volume": str(dice.randrange(1, 200)),
            "pages": f"{page}-{page + dice.randrange(2, 12)}",
        }
        row["year"] = str(dice.randrange(1980, 2026))
        copies = 1 if dice.random() < 0.7 else dice.randrange(2, 4)
        for copy in range(copies):
            one = dict(row, work=str(len(made) - copy), ID=f"r{len(made):07}")
            if copy:
                if dice.random() < 0.3:
                    one["title"] = one["title"].upper()
                if dice.random() < 0.3:
                    one["journal"] = " ".join(word[:4] for word in one["journal"].split())
                if dice.random() < 0.2:
                    one["pages"] = one["pages"].split("-")[0]
                if dice.random() < 0.2:
                    one[dice.choice(("volume", "pages", "journal", "author"))] = ""
            made.append(one)
    return made[:many]


def drawn(measured: list[tuple[int, float]], path: Path) -> None:
    """Seconds against records on logarithmic axes, beside n log n and n squared through the first measurement."""
    import altair as alt

    from evidermis.publishing.picture import DIRECTIONS, INK, MUTED, picture_of

    n0, s0 = measured[0]
    rules = {
        "measured": lambda n: dict(measured).get(n),
        "n log n": lambda n: s0 * n * math.log(n) / (n0 * math.log(n0)),
        "n squared": lambda n: s0 * (n / n0) ** 2,
    }
    rows = [{"records": n, "seconds": f(n), "line": name} for name, f in rules.items() for n, _ in measured]
    colour = alt.Scale(domain=list(rules), range=[DIRECTIONS["benefit"], INK, MUTED])
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("records:Q", title="Records", scale=alt.Scale(type="log")),
            y=alt.Y("seconds:Q", title="Seconds", scale=alt.Scale(type="log")),
            color=alt.Color("line:N", title=None, scale=colour),
            strokeDash=alt.StrokeDash("line:N", title=None, scale=alt.Scale(domain=list(rules))),
        )
        .properties(width=480, height=320)
    )
    told = "; ".join(f"{n:,} records in {s:.1f} s" for n, s in measured)
    picture = picture_of(
        "growth", "How the time to link records grows", told, chart, ("records",), [(n,) for n, _ in measured]
    )
    path.write_text(picture.alone, encoding="utf-8")


def growth(folder: Path, many: int, scratch: Path, plot: Path | None) -> None:
    rows = [
        r
        for r in csv.DictReader((folder / "respiratory__records_pre_merged.csv").open(encoding="utf-8-sig"))
        if r["title"]
    ]
    print("\n| records | seconds | peak MB | precision | recall | microseconds a record |\n|---|---|---|---|---|---|")
    sizes = sorted({max(1000, many // part) for part in (64, 16, 4, 2, 1)})
    measured: list[tuple[int, float]] = []
    for size in sizes:
        made = perturbed(rows, size, seed=1)
        file, out = scratch / f"many-{size}.csv", scratch / f"many-{size}-out.csv"
        with file.open("w", encoding="utf-8", newline="") as lines:
            table = csv.DictWriter(
                lines, ["ID", "title", "year", "author", "pages", "volume", "number", "journal"], extrasaction="ignore"
            )
            table.writeheader()
            table.writerows(made)
        seconds = timed([sys.executable, "-m", "evidermis", "dedupe", str(file), "--output", str(out)])
        measured.append((size, seconds))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        groups = defaultdict(list)
        for one in made:
            groups[one["work"]].append(one["ID"])
        want, got = pairs(list(groups.values())), found(out)
        p, r = len(want & got) / max(1, len(got)), len(want & got) / max(1, len(want))
        print(f"| {size:,} | {seconds:.1f} | {peak:.0f} | {p:.4f} | {r:.4f} | {1e6 * seconds / size:.0f} |")
    if plot:
        drawn(measured, plot)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--data", type=Path, default=os.environ.get("EVIDERMIS_DATA"))
    words.add_argument("--peer", default="")
    words.add_argument("--times", type=int, default=1, help="how often each command runs")
    words.add_argument("--many", type=int, default=0)
    words.add_argument("--plot", type=Path, help="with --many: where to draw the growth (SVG)")
    given = words.parse_args()
    if given.data is None:
        raise SystemExit("give --data, or set EVIDERMIS_DATA")
    if not (given.data / "respiratory__records_pre_merged.csv").exists():
        raise SystemExit(f"{given.data} holds no gold set (respiratory__records_pre_merged.csv …)")
    with tempfile.TemporaryDirectory() as scratch:
        quality(given.data, given.peer, Path(scratch), given.times)
        if given.many:
            growth(given.data, given.many, Path(scratch), given.plot)
    print(json.dumps({"python": sys.version.split()[0], "cores": os.cpu_count()}))


if __name__ == "__main__":
    main()
