"""The order of reading: every record once, the same for a seed, and better than chance where words tell."""

import csv
import json
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis.screening.pool import Pool
from evidermis.screening.simulation import simulated_order

ABSTRACTS = st.lists(st.text("abcde \x00é", max_size=30), min_size=1, max_size=12)


@settings(max_examples=30, deadline=None)
@given(ABSTRACTS, st.data(), st.text(max_size=20))
def test_every_record_is_shown_once(texts: list[str], data: st.DataObject, question: str) -> None:
    labels = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    order = simulated_order(Pool(tuple(texts), tuple(reversed(texts))), labels, question)
    assert sorted(order) == list(range(len(texts)))


def _telling() -> tuple[Pool, list[bool]]:
    labels = [number % 10 == 3 for number in range(120)]
    titles = [f"exosome serum trial {n}" if yes else f"road traffic survey {n % 7}" for n, yes in enumerate(labels)]
    return Pool(tuple(titles), tuple(f"{title} with results number{n % 11}" for n, title in enumerate(titles))), labels


def test_words_that_tell_are_learned() -> None:
    pool, labels = _telling()
    order = simulated_order(pool, labels)
    assert max(order.index(row) for row, relevant in enumerate(labels) if relevant) < 30


def test_the_same_seed_gives_the_same_order() -> None:
    pool, labels = _telling()
    assert simulated_order(pool, labels, seed=3) == simulated_order(pool, labels, seed=3)


def test_simulate_writes_every_row_once(tmp_path: Path) -> None:
    pool, labels = _telling()
    file = tmp_path / "labelled.csv"
    with file.open("w", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(("title", "abstract", "label_included"))
        table.writerows(zip(pool.titles, pool.abstracts, map(int, labels), strict=True))
    run = [sys.executable, "-m", "evidermis", "simulate", "labelled.csv", "--output", "run.csv", "--json"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["relevant"] == 12
    rows = list(csv.DictReader((tmp_path / "run.csv").read_text().splitlines()))
    assert sorted(int(row["row"]) for row in rows) == list(range(120))
    assert [int(row["rank"]) for row in rows] == list(range(1, 121))


def test_a_label_that_is_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("title,abstract,label_included\na,b,perhaps\n")
    run = [sys.executable, "-m", "evidermis", "simulate", "x.csv", "--output", "run.csv"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "row 1" in done.stderr and not (tmp_path / "run.csv").exists()
