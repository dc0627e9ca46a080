"""How fast a large review is appraised, and how good the reading of ingredient lists is.

    python benchmarks/appraisal.py speed [--claims 50] [--products 200] [--studies 500]
    python benchmarks/appraisal.py ingredients LISTS.csv INVENTORY.csv

`speed` makes a review with the bundled vocabulary, from a seed: studies of every design, source, route and people, each with
three findings; every product makes every claim, so that each is held against each study. It times the families, the rules
and the summary of findings, in this one process.
"""

import argparse
import csv
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from evidermis.appraisal import appraise
from evidermis.appraisal.ingredients import Inventory, carrying, matched
from evidermis.evidence.locator import Fact, Locator
from evidermis.evidence.product import Product, ProductClaim
from evidermis.evidence.protocol import Claim, Slots
from evidermis.evidence.quantity import Figure, Known
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.study import Arm, Contrast, Finding, People, Population, Report, Study
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary
from evidermis.pipeline import families_of, held_to_arithmetic
from evidermis.review.folder.loading import load

ROOT = Path(__file__).parents[1]


def a_study(name: str, dice: Random, words: Vocabulary, outcomes: list[str]) -> Study:
    design = dice.choice([d for d in words.designs if not d.synthesis])
    people = dice.choice(words.populations)
    n = Figure(quantity=Known(value=float(dice.randint(8, 200))))
    treated = Arm(
        id="t",
        label="treated",
        source=dice.choice(words.sources).code,
        route=dice.choice(words.routes).code,
        with_=dice.choice(("none", "laser", "")),
    )
    arms = (treated, Arm(id="c", label="control", comparator="vehicle-or-placebo"))
    findings = tuple(
        Finding(
            id=f"f{at}",
            outcome=outcome,
            contrast=Contrast(of="t", against="c" if design.controlled else ""),
            direction=dice.choice(("benefit", "no difference", "harm", "unclear")),
            at=("a",),
            instrument=dice.choice(words.instruments).code,
        )
        for at, outcome in enumerate(dice.sample(outcomes, 3))
    )
    return Study(
        id=name,
        label=name,
        title=name,
        design=design.code,
        reports=(Report(record=name),),
        locators=(Locator(id="a", record=name, reading="primary"),),
        arms=arms,
        findings=findings,
        population=Population(code=people.code),
        people=People(randomised=n, analysed=n),
        after_treatment_weeks=dice.choice((None, 0.0, 4.0, 12.0)),
    )


def a_review(claims: int, products: int, studies: int, seed: int) -> Review:
    dice, words = Random(seed), bundled_vocabulary()
    outcomes = [o.code for o in words.outcomes if o.link == "efficacy"]
    protocol = load(ROOT / "src" / "evidermis" / "review" / "bundled" / "exosomes").protocol
    made = tuple(
        Claim(
            id=f"claim-{at}",
            text="it works",
            outcomes=tuple(dice.sample(outcomes, 2)),
            slots=Slots(
                sources=(dice.choice(words.sources).code,),
                routes=(dice.choice(words.routes).code,),
                populations=(dice.choice(words.populations).code, "any")[dice.randint(0, 1) :],
            ),
        )
        for at in range(claims)
    )
    shelf = tuple(
        Product(
            id=f"product-{at}",
            brand="brand",
            name="serum",
            source=Fact(value=dice.choice(words.sources).code, at="a"),
            route=Fact(value=dice.choice(words.routes).code, at="a"),
            claims=tuple(ProductClaim(claim=claim.id, wording="it works", at="a") for claim in made),
            claims_read=True,
        )
        for at in range(products)
    )
    authors = [f"Name{at} {chr(65 + at % 26)}" for at in range(studies)]
    return Review(
        protocol=replace(protocol, claims=made),
        references=tuple(
            Reference(id=f"study-{at}", title=f"Study {at}", authors=tuple(dice.sample(authors, 4)), year=2020)
            for at in range(studies)
        ),
        studies=tuple(a_study(f"study-{at}", dice, words, outcomes) for at in range(studies)),
        products=shelf,
    )


def speed(options: argparse.Namespace) -> None:
    words = bundled_vocabulary()
    review = a_review(options.claims, options.products, options.studies, options.seed)
    started = time.perf_counter()
    checked = held_to_arithmetic(review, words)
    numbers = time.perf_counter()
    families = families_of(checked, words)
    linked = time.perf_counter()
    found = appraise(checked, words, families)
    ended = time.perf_counter()
    lines = sum(len(p.claims) for p in found.products)
    print(
        f"{options.claims} claims, {options.products} products ({lines} claims of products), {options.studies} studies"
    )
    print(f"numbers {numbers - started:.2f} s, families {linked - numbers:.2f} s, rules {ended - linked:.2f} s")
    print(f"together {ended - started:.2f} s")
    print("verdicts", dict(Counter(answer.verdict for answer in found.claims)))


def ingredients(options: argparse.Namespace) -> None:
    started = time.perf_counter()
    with options.inventory.open(encoding="utf-8-sig", newline="") as lines:
        inventory = Inventory(row["inci_name"] for row in csv.DictReader(lines))
    with options.lists.open(encoding="utf-8-sig", newline="") as lines:
        found = [matched(row["Ingredients"], inventory) for row in csv.DictReader(lines)]
    seconds = time.perf_counter() - started
    every = [one for _, matches in found for one in matches]
    hows = Counter(one.how for one in every)
    print(f"{len(found)} lists against {len(inventory)} names in {seconds:.2f} s")
    print("unread", dict(Counter(one.unread for one, _ in found if one.unread)))
    print(f"{len(every)} mentions:", ", ".join(f"{how} {100 * n / len(every):.1f} %" for how, n in hows.most_common()))
    named = [one for one in every if any(carrying(name) == "vesicles" for name in (*one.names, one.mention))]
    print(f"vesicles: {len(named)}")
    if options.sample:
        for one in Random(options.seed).sample(every, options.sample):
            print(one.how, one.mention, " / ".join(one.names), sep=" | ")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    verbs = parser.add_subparsers(required=True)
    fast = verbs.add_parser("speed")
    for name, n in (("claims", 50), ("products", 200), ("studies", 500)):
        fast.add_argument(f"--{name}", type=int, default=n)
    fast.set_defaults(run=speed)
    lists = verbs.add_parser("ingredients")
    lists.add_argument("lists", type=Path)
    lists.add_argument("inventory", type=Path)
    lists.add_argument("--sample", type=int, default=0, help="print so many mentions to read by hand")
    lists.set_defaults(run=ingredients)
    chosen = parser.parse_args()
    chosen.run(chosen)
