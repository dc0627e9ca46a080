"""The verdict: what the certainty, the direction of effects and the distance allow to be said of a claim.

No votes are counted: how many findings were significant is never asked. Baseline-only improvement never makes a claim
better than *unproven*, and fewer than two independent families never make it *supported*.
"""

from evidermis.appraisal.answer import Step
from evidermis.appraisal.body import Body, common_direction
from evidermis.evidence.ladders import CERTAINTIES, Certainty, Direction, Verdict

__all__ = ["body_direction", "statement", "verdict"]


def body_direction(body: Body) -> Direction:
    """The direction of the studies that decide, else of the uncontrolled ones; disagreement is `mixed`."""
    return common_direction(one.direction for one in (body.decisive or body.human))


def verdict(body: Body, families: int, certainty: Certainty) -> tuple[Verdict, tuple[Step, ...]]:
    """The verdict and the step that gives it."""
    inputs = tuple(sorted(f"study:{one.study.id}" for one in (body.decisive or body.human)))

    def step(answer: Verdict, because: str) -> tuple[Verdict, tuple[Step, ...]]:
        return answer, (Step("verdict", 1, answer, because, (f"certainty:{body.claim.id}", *inputs)),)

    if not body.human:
        return step("untested", "no study in people is within reach of the claim")
    if not body.decisive:
        return step("unproven", "people were only compared with themselves before treatment, which shows no effect")
    direction = body_direction(body)
    if direction in ("mixed", "unclear"):
        return step("unproven", f"the direction of the controlled studies is {direction}")
    if certainty == "very low":
        return step("unproven", f"controlled evidence points to {_NOUNS[direction]}, but certainty is very low")
    if direction == "harm":
        return step("contradicted", f"controlled evidence of {certainty} certainty points the other way")
    enough = CERTAINTIES.index(certainty) >= CERTAINTIES.index("moderate")
    if direction == "no difference":
        if enough:
            return step("not supported", f"controlled evidence of {certainty} certainty shows no difference")
        return step("unproven", "no difference was seen, at a certainty too low to call it shown")
    if enough and families >= 2:
        return step("supported", f"{families} independent families agree, at {certainty} certainty")
    because = f"controlled evidence of {certainty} certainty shows benefit"
    return step("promising", f"{because}, from one family of studies only" if families < 2 else because)


_NOUNS: dict[Direction, str] = {"benefit": "a benefit", "harm": "harm", "no difference": "no difference"}

# One sentence for readers, in GRADE's wording (Santesso 2020, J Clin Epidemiol 119:126).
_SENTENCES: dict[str, str] = {
    "untested": "No study in people has tested this.",
    "uncontrolled": "It has only been studied without a comparison, so nobody can tell whether it works.",
    "very low": "The evidence is very uncertain: {about}.",
    "low": "It may be so: {about}, at low certainty.",
    "moderate": "It is probably so: {about}, at moderate certainty.",
    "high": "It is so: {about}, at high certainty.",
}
_ABOUT: dict[Direction, str] = {
    "benefit": "controlled comparisons point to a benefit",
    "harm": "controlled comparisons point to harm",
    "no difference": "controlled comparisons show no difference",
    "mixed": "controlled comparisons disagree",
    "unclear": "controlled comparisons give no clear direction",
}


def statement(body: Body, certainty: Certainty, answer: Verdict) -> str:
    """One sentence in plain words; it never promises more than the verdict."""
    if answer == "untested":
        return _SENTENCES["untested"]
    if not body.decisive:
        return _SENTENCES["uncontrolled"]
    level = "very low" if answer == "unproven" else certainty
    return _SENTENCES[level].format(about=_ABOUT[body_direction(body)])
