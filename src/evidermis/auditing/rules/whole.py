"""Rules on the article as a whole: what it contradicts, leaves out, or counts as independent."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import fuzz

from evidermis.auditing.behind import Behind
from evidermis.auditing.case import Case
from evidermis.auditing.finding import Found
from evidermis.auditing.rules.rule import Rule
from evidermis.auditing.statements import Statement

__all__ = ["WHOLE"]

_INCLUDE = re.compile(r"\b(?:include|includes|including|are|following)\s*:\s*(\S.*)?$", re.I)
_LOST_LIST = re.compile(
    r"\b(?:include|includes|are(?: as follows)?|following)\s*:\s+"
    r"(?P<rest>(?:How|What|Why|When|Where|Who)\b[^.?!]{3,80}?)(?=\s[A-Z][a-z]+ )"
)
_SAFER = re.compile(r"\b(?:safe|safer|safest|no side effects|without side effects|harmless|gentle)\b", re.I)
_COMPARES = re.compile(r"\bthan\b", re.I)
_OPENED = frozenset({"opened", "ablated"})
# An article that says it looked for evidence longer than a year before it appeared is out of date when it appears.
_STALE_YEARS = 1
_ALIKE_HEADINGS = 82


def dependence(case: Case) -> Iterator[Found]:
    """Several studies of one maker or group told as if they were independent; makers' studies told without saying so."""
    if any("said.funding" in one.codes for one in case.statements):
        return
    family = {member: one for one in case.families for member in one.studies}
    groups: dict[str, list[Behind]] = {}
    for source in case.trials:
        for study in source.studies:
            if study.id in family:
                groups.setdefault(family[study.id].id, []).append(source)
    for name, sources in groups.items():
        numbers = tuple(dict.fromkeys(source.number for source in sources))
        first = _first_citing(case, numbers)
        if first is None:
            continue
        held = next(one for one in case.families if one.id == name)
        affiliated = [
            study for source in sources for study in source.studies if study.affiliated.value.lower().startswith("yes")
        ]
        if len(numbers) >= 2:
            why = next((reason.split(": ", 1)[-1] for reason in held.reasons), "")
            reason = f"The {len(numbers)} studies are one line of evidence ({why}), and the article does not say so."
        elif affiliated:
            reason = f"{affiliated[0].label} was done by the maker's people, and the article does not say so."
        else:
            continue
        yield case.at(
            first, reason, "Say who made the material, who paid, and that the studies are not independent.", numbers
        )


def _first_citing(case: Case, numbers: tuple[int, ...]) -> Statement | None:
    cites = [one for one in case.statements if set(one.cites) & set(numbers)]
    return next((one for one in cites if one.block.kind != "caption"), cites[0] if cites else None)


def untested(case: Case) -> Iterator[Found]:
    """Products listed beside evidence that comes from other material."""
    if not case.article.products or not case.sources:
        return
    tested = " ".join(arm.product for one in case.sources.values() for s in one.studies for arm in s.arms).casefold()
    alone = [one for one in case.article.products if one.name.split()[0].casefold() not in tested]
    if alone:
        block = next(b for b in case.article.blocks if b.line == alone[0].line)
        listed = ", ".join(one.name for one in alone)
        yield case.at_block(
            block,
            f"None of the cited studies tested these products: {listed}.",
            "Say that what was tested is other material, and how it differs.",
        )


def without_evidence(case: Case) -> Iterator[Found]:
    """Benefits advertised or recommended that no cited study in people measured."""
    measured = {code for source in case.trials for code in source.outcomes}
    links = {outcome.code: outcome.link for outcome in case.vocabulary.outcomes}
    if not case.trials:
        return
    for one in case.statements:
        offered = one.voice == "advertiser" or "advice" in one.codes or (one.is_hedged and not one.cites)
        if one.cites or one.is_question or not offered or not one.speaks_of("benefit"):
            continue
        bare = [
            case.label("outcomes", code) for code in sorted(one.outcomes - measured) if links.get(code) == "efficacy"
        ]
        if bare:
            yield case.at(
                one,
                f"No cited study in people measured {', '.join(bare)}.",
                "Cite evidence for each benefit, or say that there is none.",
            )


def contradiction(case: Case) -> Iterator[Found]:
    """Safe in one place and unsettled in another; one product under two names."""
    unsure = [
        one for one in case.statements if one.speaks_of("safety") and {"limit"} & one.codes and "hurdle" not in one.text
    ]
    told: set[int] = set()
    for one in sorted(case.statements, key=lambda s: (s.block.number, not _COMPARES.search(s.text), s.start)):
        is_claim = _SAFER.search(one.text) and not ({"limit", "consult"} & one.codes) and not one.is_question
        other = next((s for s in unsure if s.id != one.id), None)
        if is_claim and other and not one.cites and one.block.number not in told:
            told.add(one.block.number)
            yield case.at(
                one,
                f"It tells of safety, while line {other.block.line} tells that safety is unsettled.",
                "Say the same of safety in both places.",
            )
    for product in case.article.products:
        if product.in_caption:
            block = next(b for b in case.article.blocks if b.line == product.line)
            yield case.at_block(
                block,
                f"The list says {product.name!r}, a caption {product.in_caption!r}.",
                "Find out whether it is one product, and use its name.",
            )


def cutoff(case: Case) -> Iterator[Found]:
    """Evidence that ends long before the article appeared, with what was there before and came after."""
    article = case.article
    if article.cutoff_year is None or article.published is None:
        return
    said = next((one for one in case.statements if article.cutoff in one.text), None)
    if said is None or article.published.year - article.cutoff_year < _STALE_YEARS:
        return
    cited = {source.record for source in case.sources.values()}
    human = {d.code for d in case.vocabulary.designs if d.rung.startswith(("human", "randomised")) and not d.synthesis}
    years = {one.id: one.year for one in case.review.references}
    missed: list[str] = []
    later: list[str] = []
    for study in case.review.studies:
        record = study.reports[0].record
        year = years.get(record)
        if study.design in human and year and record not in cited:
            (missed if year <= article.cutoff_year else later).append(study.label)
    gaps = [f"not told although they had appeared: {', '.join(missed)}"] if missed else []
    gaps += [f"since then: {', '.join(later)}"] if later else []
    yield case.at(
        said,
        f"Evidence ends with {article.cutoff}, the article is of {article.published}. {'; '.join(gaps)}.".replace(
            ". .", "."
        ),
        "Search anew before publishing, and give the day of the search.",
    )


def registration(case: Case) -> Iterator[Found]:
    """Registered trials of another route than the article's subject."""
    barrier = {route.code: route.barrier for route in case.vocabulary.routes}
    for one in case.statements:
        for source in case.behind(one):
            under = [code for code in source.routes if barrier.get(code) in ("bypassed", "systemic")]
            if source.is_registration and case.subject.is_topical and under and under == list(source.routes):
                yield case.at(
                    one,
                    f"Registration {source.number} ({source.title}): {case.label('routes', under[0])}, not on the skin.",
                    "Say how the registered trial gives it.",
                    (source.number,),
                )


def mixed_routes(case: Case) -> Iterator[Found]:
    """Trials after a procedure told as evidence on something put on whole skin."""
    barrier = {route.code: route.barrier for route in case.vocabulary.routes}
    trials = [one for one in case.trials if one.routes and not one.is_registration]
    after = [one for one in trials if all(barrier.get(code) in _OPENED for code in one.routes)]
    if any("said.after-procedure" in one.codes for one in case.statements):
        return
    if not case.subject.is_topical or len(trials) < 2 or not after or len(after) == len(trials) == 1:
        return
    numbers = tuple(one.number for one in after)
    first = _first_citing(case, numbers)
    if first:
        yield case.at(
            first,
            f"{len(after)} of the {len(trials)} cited trials used it after a procedure that opens the skin.",
            "Tell use alone and use after a procedure apart.",
            numbers,
        )


def lost_list(case: Case) -> Iterator[Found]:
    """A sentence that announces a list which is not there."""
    blocks = case.article.blocks
    for at, block in enumerate(blocks):
        if block.kind != "paragraph":
            continue
        run_on = _LOST_LIST.search(block.text)
        announced = _INCLUDE.search(block.text)
        following = blocks[at + 1].kind if at + 1 < len(blocks) else ""
        if run_on or (announced and not announced[1] and following not in ("item", "caption")):
            yield case.at_block(
                block, "A list is announced and does not follow.", "Put the list back, or end the sentence."
            )


def twice(case: Case) -> Iterator[Found]:
    """The same heading or related link twice."""
    seen: dict[str, int] = {}
    for block in case.article.of_kind("related"):
        if block.text in seen:
            yield case.at_block(block, f"This link stands on line {seen[block.text]} too.", "Link once.")
        seen.setdefault(block.text, block.line)
    headings = [block for block in case.article.of_kind("heading") if len(block.text.split()) >= 4]
    for first, second in pairwise(headings):
        if fuzz.token_sort_ratio(first.text, second.text) >= _ALIKE_HEADINGS:
            yield case.at_block(
                second, f"It says nearly what the heading on line {first.line} says.", "Keep one of the two."
            )


def regulation(case: Case) -> Iterator[Found]:
    """Products or injections told of without a word of what regulators say."""
    if any("said.regulation" in one.codes for one in case.statements) or not case.review.background.notices:
        return
    about = case.article.products
    if about:
        block = next(b for b in case.article.blocks if b.line == about[0].line)
        where = sorted({notice.jurisdiction for notice in case.review.background.notices})
        yield case.at_block(
            block,
            f"Products are listed and no regulator is named, though regulators have spoken ({', '.join(where)}).",
            "Say what is allowed where, with the date. Information, not legal advice.",
        )


WHOLE: tuple[Rule, ...] = (
    Rule(
        "hidden-dependence",
        1,
        "hidden-dependence",
        "high",
        "Studies that are not independent are told as if they were.",
        dependence,
    ),
    Rule(
        "product-untested", 1, "untested-product", "high", "Products are listed that no cited study tested.", untested
    ),
    Rule(
        "claim-without-evidence",
        1,
        "claim-without-evidence",
        "medium",
        "A benefit is offered that no study measured.",
        without_evidence,
    ),
    Rule("contradiction", 1, "internal-contradiction", "medium", "The article says two things.", contradiction),
    Rule("dated-evidence", 1, "dated-cutoff", "medium", "The evidence ended long before the article appeared.", cutoff),
    Rule(
        "registration-route",
        1,
        "route-stretched",
        "medium",
        "A registered trial gives it by another route.",
        registration,
    ),
    Rule("after-procedure", 1, "route-stretched", "low", "Use after a procedure is told as use alone.", mixed_routes),
    Rule("lost-list", 1, "truncated-list", "medium", "A list is announced and missing.", lost_list),
    Rule("twice", 1, "repetition", "low", "A heading or link stands twice.", twice),
    Rule("regulators-unnamed", 1, "regulated-wording", "medium", "No word on what regulators say.", regulation),
)
