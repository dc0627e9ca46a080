"""A clean article of our own, held against the bundled review, and defects that can be put into it one at a time."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from evidermis.auditing import Audit, audit, lines_of, outlined
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.pipeline import families_of
from evidermis.review.bundle import bundled_folder
from evidermis.review.folder.checking import checked

CITED = (
    "yang-2021",
    "cho-2020",
    "park-2023",
    "kwon-2020",
    "zhang-2015",
    "zhang-2021",
    "ku-2023",
    "shabbir-2015",
    "cho-2018",
)
EXTRA = (
    "wu-2018",
    "hao-2017",
    "iwj-2023-retracted",
    "panigrahi-2022",
    "hu-2019",
    "zhang-2016",
    "zhao-2018",
    "nct05813379",
)

# Paragraphs that a methodologist would let pass; {name} is the number of that record in the list of references.
CLEAN = (
    "# What trials of exosome serums have measured",
    "3 November 2026",
    "## What they are",
    "Exosomes are small particles that most cells release, and they carry proteins and lipids [{yang-2021}].",
    "## In people",
    "In one split-face trial of 21 people the melanin index, measured with an instrument, fell by 4 % more on the treated side [{cho-2020}].",
    "The maker of the material employed several of its authors, and the three trials come from the same group, so they are not independent.",
    "A second trial used microneedling on both sides of 28 people and added the solution to one of them [{park-2023}].",
    "In a third, 25 people had three sessions of laser, and acne scars fell by 32.5 % on one side and 19.9 % on the other [{kwon-2020}].",
    "Two of the three were done after a procedure that opens the skin and say little of a serum alone.",
    "## In the laboratory",
    "In rats that were injected, wounds closed earlier, which says nothing yet of people [{zhang-2015}].",
    "Cultured cells moved faster in a dish [{shabbir-2015}].",
    "## What regulators say",
    "In the United States no such product was licensed when the agency gave its notice, and rules differ elsewhere.",
    "## What to make of it",
    "The trials are small and short, as their authors say themselves [{cho-2020}].",
    "I would wait for a larger trial.",
)


@dataclass(frozen=True)
class Defect:
    """A kind of defect: the rule that should see it, and what it does to paragraphs and references."""

    rule: str
    spoil: Callable[[list[str], list[str], Random], None]


@cache
def held() -> Review:
    """The bundled review."""
    with bundled_folder("exosomes") as folder:
        return checked(folder, bundled_vocabulary(), datetime.date(2026, 11, 23))


def printed(reference: Reference) -> str:
    """A reference in the usual style."""
    if reference.registration:
        return f"https://clinicaltrials.gov/study/{reference.registration}"
    author = f"{reference.record.authors[0].family} et al. " if reference.authors else ""
    issue = f"({reference.issue})" if reference.issue else ""
    place = f"{reference.volume}{issue}:{reference.pages}" if reference.pages else reference.volume
    return f"{reference.title}. {author}{reference.journal}. {reference.year};{place}."


def written(
    paragraphs: list[str], cited: list[str], spoil_print: Callable[[int, str], str] = lambda _, text: text
) -> str:
    """The article as Markdown."""
    review = held()
    numbers = {name: str(at) for at, name in enumerate(cited, 1)}
    body = [paragraph.format(**numbers) if "{" in paragraph else paragraph for paragraph in paragraphs]
    listed = [f"{at}. {spoil_print(at, printed(one))}" for at, one in enumerate(map(review.reference, cited), 1) if one]
    return "\n\n".join([*body, "## References", *listed]) + "\n"


def audited(text: str | bytes) -> Audit:
    """The audit of a text against the bundled review."""
    review, vocabulary = held(), bundled_vocabulary()
    raw = text.encode() if isinstance(text, str) else text
    return audit(outlined(lines_of(raw)), review, vocabulary, families_of(review, vocabulary))


def put(paragraphs: list[str], chance: Random, *choices: str) -> None:
    """Put one of the sentences as a paragraph of its own somewhere in the body."""
    at = chance.randrange(3, len(paragraphs) + 1)
    while at < len(paragraphs) and paragraphs[at - 1].endswith(":"):
        at += 1
    paragraphs.insert(at, chance.choice(choices))


def cite(cited: list[str], name: str) -> None:
    """Have a record in the list of references."""
    if name not in cited:
        cited.append(name)


def _sentence(*choices: str, needs: tuple[str, ...] = ()) -> Callable[[list[str], list[str], Random], None]:
    def spoil(paragraphs: list[str], cited: list[str], chance: Random) -> None:
        for name in needs:
            cite(cited, name)
        put(paragraphs, chance, *choices)

    return spoil


def _undisclosed(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    paragraphs[:] = [one for one in paragraphs if "not independent" not in one]


def _untold_procedure(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    paragraphs[:] = [one for one in paragraphs if "after a procedure" not in one]


def _contradicts(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    put(
        paragraphs,
        chance,
        "Such serums are safe for daily use on every face.",
        "They are gentle and safer than peels of any kind.",
    )
    put(
        paragraphs,
        chance,
        "Whether they are free of side effects remains unclear.",
        "Data on their safety are very limited.",
    )


def _listed_twice(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    cited.append(chance.choice([name for name in cited if name != "yang-2021"]))


def _heap(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    for name in ("zhang-2016", "zhao-2018", "hu-2019"):
        cite(cited, name)
    put(
        paragraphs,
        chance,
        "They heal wounds, build collagen and reduce inflammation [{zhang-2015},{cho-2018},{zhang-2016},{zhao-2018},{hu-2019}].",
        "They improve wrinkles, scars and inflammation [{zhang-2015},{shabbir-2015},{cho-2018},{zhang-2016},{hu-2019}].",
    )


def _products(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    at = paragraphs.index("## What regulators say")
    names = chance.sample(["Alba Night Serum", "Brio Cell Cream", "Corva Exosome Ampoule", "Dunea Glow Drops"], 2)
    paragraphs[at:at] = ["Some products that are sold:", f"- {names[0]}\n- {names[1]}"]


def _unregulated(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    _products(paragraphs, cited, chance)
    at = paragraphs.index("## What regulators say")
    del paragraphs[at : at + 2]


def _two_names(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    at = paragraphs.index("## What regulators say")
    name = chance.choice(["Alba Night Repair Serum", "Corva Pure Exosome Ampoule"])
    other = name.replace("Night", "Day").replace("Pure", "Rich")
    paragraphs[at:at] = [
        "Some products that are sold:",
        f"- {name}",
        f"![Popular serums: {other}, Dunea Glow Drops. Photo credit: the author](x.jpg)",
    ]


def _stale(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    year = chance.choice([2022, 2023, 2024])
    put(
        paragraphs,
        chance,
        f"This is what had been published as of end {year} on the question.",
        f"We searched for trials up to {year} in two databases.",
    )


def _repeats(paragraphs: list[str], cited: list[str], chance: Random) -> None:
    at = paragraphs.index("## In the laboratory")
    paragraphs.insert(at, "## What the trials in people have shown")
    paragraphs.insert(at, "## What the trials in people did show")


SENTENCES = {
    "uncited": _sentence(
        "Side effects are rare with these serums in everyday use.",
        "A bottle is expensive and the price often exceeds two hundred dollars.",
        "The vesicles penetrate the stratum corneum within a few minutes of use.",
        "They smooth wrinkles and brighten dull skin in most who use them.",
    ),
    "rung-stretched": _sentence(
        "They reduce inflammation of the skin [{cho-2018}].",
        "They heal wounds and build collagen [{zhang-2015}].",
        "Exosomes improve wound healing and collagen [{shabbir-2015}].",
    ),
    "route-stretched": _sentence(
        "Serums with exosomes reduce inflammation [{cho-2018}].",
        "A cream with them improves wound healing [{zhang-2015}].",
        "They improve wrinkles when put on the face [{hu-2019}].",
        needs=("hu-2019",),
    ),
    "other-subject": _sentence(
        "Exosomes go in better after microneedling [{hao-2017}].",
        "They act through small RNA [{wu-2018}].",
        needs=("hao-2017", "wu-2018"),
    ),
    "other-field": _sentence("Exosomes come from many tissues [{panigrahi-2022}].", needs=("panigrahi-2022",)),
    "direction-opposite": _sentence(
        "They reduce inflammation in the skin [{wu-2018}].",
        "Such particles calm psoriasis and inflammation [{wu-2018}].",
        needs=("wu-2018",),
    ),
    "number-over-read": _sentence(
        "Less than 1% of exosomes penetrate the skin [{zhang-2021}].",
        "Only 1 % of the vesicles put on skin get through it [{zhang-2021}].",
    ),
    "condition-swapped": _sentence(
        "Melasma improved in a split-face trial of 21 people [{cho-2020}].",
        "The trial showed that pores were reduced in 25 people [{kwon-2020}].",
    ),
    "surrogate": _sentence(
        "Dark spots became lighter by 4 % in 21 people [{cho-2020}].",
        "The treatment lightened dark spots by 4 % [{cho-2020}].",
    ),
    "people-differ": _sentence(
        "A trial in 42 people measured melanin [{cho-2020}].",
        "In 50 patients acne scars were measured after laser [{kwon-2020}].",
        "The study enrolled 56 participants [{park-2023}].",
    ),
    "sessions-differ": _sentence(
        "After 2 sessions scars had improved by 12 % [{kwon-2020}].",
        "After five treatments scars had fallen by 12 % [{kwon-2020}].",
    ),
    "no-effect-size": _sentence(
        "A trial found that melanin was significantly reduced [{cho-2020}].",
        "One randomised trial found that acne scars improved [{kwon-2020}].",
        "A study showed better elasticity and wrinkles [{park-2023}].",
    ),
    "null-as-equal": _sentence(
        "Ice-pick scars were not significantly different between sides [{kwon-2020}].",
        "The study found no significant difference in pores [{park-2023}].",
        "In a trial the serum was as effective as laser [{kwon-2020}].",
    ),
    "baseline-only": _sentence(
        "Wrinkles were reduced compared with baseline in users of one serum.",
        "Skin looked brighter than before in most of them.",
    ),
    "opinion": _sentence(
        "88 % of women said that their skin felt firmer.", "In a survey 91% of users agreed that pores looked smaller."
    ),
    "claim-without-evidence": _sentence(
        "Exosome serums may be helpful in reducing pore size.",
        "I recommend them for brighter skin and smaller pores.",
        "Brands promise that they reduce pores.",
    ),
    "requirement": _sentence(
        "Exosomes must reach the dermis to work.",
        "The vesicles need to penetrate the epidermis before anything happens.",
    ),
    "retracted": _sentence(
        "Gels with vesicles were tried beside laser in mice [{iwj-2023-retracted}].", needs=("iwj-2023-retracted",)
    ),
    "missing-reference": _sentence("They carry lipids and RNA [17].", "They carry proteins between cells [15]."),
    "absolute": _sentence(
        "Exosomes are released by all cells of the body [{yang-2021}].",
        "They always leave cells in the same form [{yang-2021}].",
        "They never carry DNA at any time [{yang-2021}].",
    ),
    "name": _sentence(
        "Exosomes from plants are sold as well [{ku-2023}].",
        "The molecular size of exosomes is large [{yang-2021}].",
    ),
    "advice-on-opened-skin": _sentence(
        "They are helpful in the aftercare of microneedling and lasers, where skin heals.",
        "After microneedling I recommend a serum with exosomes to improve healing.",
    ),
    "market-wording": _sentence(
        "One of them is FDA approved and widely sold.",
        "These serums cure eczema in weeks [{cho-2018}].",
        "Say goodbye to lines.",
    ),
    "registration-route": _sentence("A registered trial studies rejuvenation [{nct05813379}].", needs=("nct05813379",)),
    "picture-source": _sentence(
        "![Cells under a microscope](cells.jpg)",
        "![A vesicle. Image credit: Some atlas of cells. Miller et al. Atlas. 2011;3:4](vesicle.jpg)",
    ),
    "lost-list": _sentence("Common doubts about them are the following:", "Reasons for doubt include:"),
}
DEFECTS = (
    *(Defect(rule, spoil) for rule, spoil in SENTENCES.items()),
    Defect("hidden-dependence", _undisclosed),
    Defect("after-procedure", _untold_procedure),
    Defect("contradiction", _contradicts),
    Defect("reference-twice", _listed_twice),
    Defect("reference-heap", _heap),
    Defect("product-untested", _products),
    Defect("regulators-unnamed", _unregulated),
    Defect("contradiction", _two_names),
    Defect("dated-evidence", _stale),
    Defect("twice", _repeats),
    Defect("reference-defect", lambda _paragraphs, _cited, _chance: None),
)


def clean() -> str:
    """The article without a defect."""
    return written(list(CLEAN), list(CITED))


def spoilt(defect: Defect, seed: int) -> str:
    """The article with one defect of that kind; references come in any order."""
    chance = Random(seed)
    paragraphs, cited = list(CLEAN), list(CITED)
    chance.shuffle(cited)
    defect.spoil(paragraphs, cited, chance)
    if defect.rule != "reference-defect":
        return written(paragraphs, cited)
    at = chance.randrange(1, len(cited) + 1)
    how = chance.choice(("author", "year", "pages"))

    def misprint(number: int, text: str) -> str:
        if number != at:
            return text
        one = held().reference(cited[at - 1])
        assert one is not None
        wrong = {
            "author": replace(one, authors=("Bogus Q",)),
            "year": replace(one, year=(one.year or 2000) - 7),
            "pages": replace(one, pages="99999"),
        }
        return printed(wrong[how])

    return written(paragraphs, cited, misprint)
