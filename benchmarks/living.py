"""How fast a large review is kept alive, and whether its typed difference fires where it should.

    python benchmarks/living.py speed [--records 10000] [--studies 500] [--claims 20] [--products 20]
    python benchmarks/living.py replay EFFECTS.json

`speed` makes a review from a seed (see appraisal.py) and a library of records, and times in this one process: the name of the
library, the snapshot, the page made again, and the difference to the review with the nearest studies of ten claims retracted, one added and one corrected,
with its causes. `replay` takes a JSON object of meta-analyses with lists `yi` and `vi`, feeds their studies year by year where a list
`year` tells the years, else one by one in the order given, and holds every difference against what pooling and appraisal say by themselves.
"""

import argparse
import datetime
import json
import math
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from appraisal import a_review
from evidermis.evidence.change import Difference
from evidermis.evidence.locator import Locator
from evidermis.evidence.protocol import Claim, Slots
from evidermis.evidence.quantity import Figure, Known
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.study import Arm, Bias, Contrast, Finding, People, Population, Report, Study
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary
from evidermis.living import Snapshot, difference, parts_of
from evidermis.pipeline import conclusions, position_on, run, snapshot
from evidermis.review.bundle import write_starter
from evidermis.review.living.comparing import library_name
from evidermis.review.records.keeping import import_files
from evidermis.statistics import EXACT, pool

DAY = datetime.date(2026, 11, 23)


def between(before: Review, after: Review, words: Vocabulary, old: Snapshot, new: Snapshot) -> Difference:
    return difference(
        old,
        new,
        parts_of(before),
        parts_of(after),
        after.protocol.schedule.versions,
        lambda parts, claim: position_on(parts, claim, after.protocol, words),
    )


class Clock:
    def __init__(self) -> None:
        self.total = 0.0

    def __call__(self, what: str, started: float, told: str = "") -> None:
        taken = time.process_time() - started
        self.total += taken
        print(f"{what:<28} {taken:7.2f} s  {told}")


def speed(options: argparse.Namespace) -> None:
    words, clock = bundled_vocabulary(), Clock()
    whole = a_review(options.claims, options.products, options.studies + 1, options.seed)
    of = replace(whole, studies=whole.studies[:-1], references=whole.references[:-1])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "mine"
        write_starter(folder, DAY.isoformat())
        records = Path(place) / "records.ris"
        entries = (
            f"TY  - JOUR\nTI  - Serum {n} in skin\nAU  - Doe, J{n}\nPY  - 2020\nDO  - 10.5555/{n}\nER  - \n"
            for n in range(options.records)
        )
        records.write_text("".join(entries), encoding="utf-8")
        import_files(folder, [records], DAY)
        started = time.process_time()
        name = library_name(folder)
        clock("name of the library", started, f"{options.records:,} records")
    started = time.process_time()
    drawn = conclusions(of, words)
    clock("conclusions", started, f"{options.studies} studies, {options.claims} claims, {options.products} products")
    started = time.process_time()
    old = snapshot(of, words, name, drawn)
    clock("snapshot", started, f"{len(old.content) / 1e6:.1f} MB, {len(old.derived):,} derived values")
    started = time.process_time()
    files = run(of, words, made_by="benchmark", today=DAY, drawn=drawn).files
    clock("page made again", started, f"{sum(map(len, files.values())) / 1e6:.1f} MB in {len(files)} files")
    gone = {answer.nearest for answer in drawn.appraisal.claims[:10]}
    after = replace(
        whole,
        references=tuple(replace(r, notice="retracted") if r.id in gone else r for r in whole.references),
        studies=tuple(replace(s, note="corrected") if s.id == of.studies[1].id else s for s in whole.studies),
    )
    started = time.process_time()
    new = snapshot(after, words, name)
    clock("conclusions and snapshot", started, "of the changed review")
    started = time.process_time()
    found = between(of, after, words, old, new)
    told = f"{len(found.conclusions)} claims, {len(found.figures):,} values, {found.weight}"
    clock("difference with causes", started, told)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"together {clock.total:.1f} s of processor time, {peak:.0f} MB at most")


def a_trial(name: str, y: float, v: float) -> Study:
    estimate, se = (Figure(quantity=Known(value=x)) for x in (y, math.sqrt(v)))
    people = Figure(quantity=Known(value=float(max(4, round(4 / v)))))
    return Study(
        id=name,
        label=name,
        title=name,
        design="randomised-parallel",
        reports=(Report(record=name),),
        locators=(Locator(id="a", record=name, reading="primary"),),
        arms=(
            Arm(id="t", label="treated", source="human-adipose", route="leave-on", with_="none"),
            Arm(id="c", label="control", comparator="vehicle-or-placebo"),
        ),
        findings=(
            Finding(
                id="f",
                outcome="pigment",
                contrast=Contrast(of="t", against="c"),
                direction="benefit" if y > 0 else "harm",
                at=("a",),
                measure="MD",
                estimate=estimate,
                se=se,
            ),
        ),
        population=Population(code="facial-hyperpigmentation"),
        people=People(randomised=people, analysed=people),
        bias=Bias(tool="RoB 2", overall="low", by="human:nobody", because="made so, that certainty can move"),
    )


def replay(options: argparse.Namespace) -> None:
    words = bundled_vocabulary()
    slots = Slots(routes=("leave-on",), populations=("facial-hyperpigmentation",))
    claim = Claim(id="it-works", text="it works", outcomes=("pigment",), slots=slots)
    base = a_review(1, 0, 0, options.seed)
    protocol = replace(base.protocol, claims=(claim,))
    reviews = fired = wrong = empty = steps = 0
    for name, data in json.loads(options.effects.read_text(encoding="utf-8")).items():
        y, v = np.array(data["yi"], dtype=float), np.array(data["vi"], dtype=float)
        keep = np.isfinite(y) & np.isfinite(v) & (v > 0)
        y, v = y[keep][: options.most], v[keep][: options.most]
        years = list(np.array(data["year"])[keep][: options.most]) if "year" in data else list(range(len(y)))
        reviews += 1
        told: list[str] = []
        before: tuple[Review, Snapshot, Any] | None = None
        for k in (at + 1 for at in range(len(y)) if at + 1 == len(y) or years[at] != years[at + 1]):
            studies = tuple(a_trial(f"s{at:03}", float(y[at]), float(v[at])) for at in range(k))
            references = tuple(Reference(id=s.id, title=s.id, year=1900 + at) for at, s in enumerate(studies))
            of = Review(protocol=protocol, studies=studies, references=references)
            drawn = conclusions(of, words)
            now = (of, snapshot(of, words, drawn=drawn), expected(drawn.appraisal.claim("it-works"), y[:k], v[:k]))
            if before is not None:
                found = between(before[0], of, words, before[1], now[1])
                kinds = {(a.kind, a.about[:4]) for one in found.conclusions for a in one.aspects}
                kinds = {kind for kind in kinds if kind[0] in ("direction", "precision", "certainty", "verdict")}
                want = changes(before[2], now[2])
                steps += 1
                fired += bool(kinds)
                wrong += kinds != want
                empty += between(of, of, words, now[1], now[1]).is_empty
                if kinds:
                    told.append(f"{k}: {', '.join(sorted({kind for kind, _ in kinds}))}")
            before = now
        print(f"{name:<20} {len(y):>3} studies  {'; '.join(told)}")
    print(f"{reviews} reviews, {steps} updates: {fired} changed a conclusion, {wrong} fired otherwise than expected;")
    print(f"{empty} of {steps} updates without news were empty")


def expected(answer: Any, y: np.ndarray, v: np.ndarray) -> dict[str, object]:
    """What is concluded, read from pooling and appraisal themselves."""
    fit = pool(y, v, test="adhoc", stopping=EXACT) if len(y) > 1 else None
    return {
        "verdict": answer.verdict,
        "certainty": answer.certainty,
        "direction": answer.direction,
        "outcomes": tuple((one.certainty, one.direction) for one in answer.outcomes),
        "sign": None if fit is None else float(np.sign(fit.estimate)),
        "null": None if fit is None else bool(fit.ci_lower <= 0 <= fit.ci_upper),
    }


def changes(was: dict[str, Any], now: dict[str, Any]) -> set[tuple[str, str]]:
    found = {(kind, "") for kind in ("verdict", "certainty", "direction") if was[kind] != now[kind]}
    for kind, at in (("certainty", 0), ("direction", 1)):
        if [o[at] for o in was["outcomes"]] != [o[at] for o in now["outcomes"]]:
            found.add((kind, "outc"))
    if was["sign"] is not None:
        found |= {("direction", "pool")} if was["sign"] != now["sign"] else set()
        found |= {("precision", "pool")} if was["null"] != now["null"] else set()
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    verbs = parser.add_subparsers(required=True)
    fast = verbs.add_parser("speed")
    for name, n in (("records", 10_000), ("claims", 20), ("products", 20), ("studies", 500)):
        fast.add_argument(f"--{name}", type=int, default=n)
    fast.set_defaults(run=speed)
    again = verbs.add_parser("replay")
    again.add_argument("effects", type=Path)
    again.add_argument("--most", type=int, default=25, help="studies of each review at most")
    again.set_defaults(run=replay)
    chosen = parser.parse_args()
    chosen.run(chosen)
