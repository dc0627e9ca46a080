"""How well and how fast articles are audited.

python benchmarks/auditing.py mutations [--articles 500]     recall and false alarms of every rule on spoilt articles
python benchmarks/auditing.py speed                          10,000 words with 200 references against 100,000 records
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from articles_of_auditing import CLEAN, DEFECTS, audited, clean, held, printed, spoilt
from evidermis.auditing import audit, lines_of, outlined
from evidermis.evidence.reference import Reference
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.pipeline import families_of


def mutations(articles: int) -> None:
    seen: dict[str, list[bool]] = defaultdict(list)
    beside: Counter[str] = Counter()
    each = articles // len(DEFECTS) + 1
    for defect in DEFECTS:
        for seed in range(each):
            found = Counter(one.rule for one in audited(spoilt(defect, seed)).findings)
            seen[defect.rule].append(found[defect.rule] > 0)
            beside.update(rule for rule in found if rule != defect.rule)
    total = each * len(DEFECTS)
    print(f"{total} articles; findings in the clean article: {len(audited(clean()).findings)}\n")
    print("| rule | articles spoilt so | recall | seen beside other defects, % of the others |\n|---|---|---|---|")
    for rule, hits in sorted(seen.items()):
        print(
            f"| {rule} | {len(hits)} | {sum(hits) / len(hits):.2f} | {100 * beside[rule] / (total - len(hits)):.1f} |"
        )


def speed() -> None:
    dice = random.Random(1)
    words = sorted({w for one in held().references for w in one.title.split() if len(w) > 3})

    def made(at: int) -> Reference:
        title = " ".join(dice.choice(words) for _ in range(12))
        return Reference(
            id=f"made-{at}",
            title=title,
            authors=(f"Name{at} A",),
            journal="Journal",
            year=2000 + at % 25,
            volume=str(at % 90),
        )

    review = replace(held(), references=(*held().references, *(made(at) for at in range(100_000))))
    cited = dice.sample(review.references, 200)
    body = [line for line in CLEAN if "{" not in line and not line.startswith("#")]
    paragraphs: list[str] = []
    while sum(len(one.split()) for one in paragraphs) < 10_000:
        paragraphs.append(" ".join(f"{dice.choice(body)[:-1]} [{dice.randrange(1, 201)}]." for _ in range(5)))
    listed = [f"{at}. {printed(one)}" for at, one in enumerate(cited, 1)]
    text = "\n\n".join(["# What trials of exosome serums have measured", *paragraphs, "## References", *listed])
    vocabulary = bundled_vocabulary()
    families = families_of(held(), vocabulary)
    begun = time.perf_counter()
    found = audit(outlined(lines_of(text.encode())), review, vocabulary, families)
    seconds = time.perf_counter() - begun
    right = sum(one.record == cited[one.number - 1].id for one in found.resolutions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("| words | references | records | resolved rightly | seconds | peak MB |\n|---|---|---|---|---|---|")
    print(f"| {len(text.split()):,} | {len(cited)} | {len(review.references):,} | {right} | {seconds:.2f} | {peak} |")


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("what", choices=["mutations", "speed"])
    given.add_argument("--articles", type=int, default=500)
    chosen = given.parse_args()
    if chosen.what == "mutations":
        mutations(chosen.articles)
    else:
        speed()
