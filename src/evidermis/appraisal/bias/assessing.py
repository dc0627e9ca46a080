"""From answers to judgements, with the row of the table that decided, and what a person has signed beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidermis.appraisal.bias.tables import LEVELS, Answer, Domain, Level, Row, Tool, rows_matching
from evidermis.appraisal.bias.tools import TOOLS
from evidermis.evidence.errors import BadInput
from evidermis.evidence.study import Bias, BiasLevel

__all__ = ["Assessed", "DomainJudged", "Judged", "assess", "judged_bias"]

# So many domains with some concerns ask a person whether together they are high; no rule decides it (Sterne et al. 2019).
ASKED_AT = 3


@dataclass(frozen=True, slots=True)
class DomainJudged:
    """A domain's judgement and the answers that led to it."""

    id: str
    name: str
    level: Level
    because: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the algorithm says. `asks` is set where a person should say whether several concerns together are high."""

    tool: str
    domains: tuple[DomainJudged, ...]
    overall: Level
    asks: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A study's risk of bias: the level that counts, the algorithm's beside it, and whether a person overrode it.

    `proposed` is what the algorithm would make of the answers with the proposals among them; it counts for nothing.
    """

    level: BiasLevel
    algorithm: Assessed | None
    overridden: bool
    by: str
    because: str
    proposed: Assessed | None = None


def assess(tool: Tool, answers: Mapping[str, Answer]) -> Assessed:
    """Judge every domain and the whole. Questions without an answer count as no information.

    All low is low, any high is high, else some concerns. `BadInput` for an answer to a question that the tool does not ask.
    """
    asked = {question.id for question in tool.questions}
    if unknown := sorted(set(answers) - asked):
        raise BadInput(f"{tool.name} asks no question {unknown[0]}", mend=f"it asks {', '.join(sorted(asked))}")
    domains = tuple(_judged(domain, answers) for domain in tool.domains)
    levels = [domain.level for domain in domains]
    some = levels.count("some concerns")
    overall: Level = "high" if "high" in levels else "some concerns" if some else "low"
    return Assessed(tool.id, domains, overall, overall == "some concerns" and some >= ASKED_AT)


def _judged(domain: Domain, answers: Mapping[str, Answer]) -> DomainJudged:
    rows = [rows_matching(table, answers)[0] for table in domain.tables]
    worst = max(rows, key=lambda row: LEVELS.index(row.level))
    return DomainJudged(domain.id, domain.name, worst.level, _because(worst, answers))


def _because(row: Row, answers: Mapping[str, Answer]) -> str:
    return ", ".join(f"{question} {answers.get(question, 'NI')}" for question, _ in row.answers)


def judged_bias(bias: Bias) -> Judged:
    """A study's bias as it counts: what a person signed, else what the algorithm makes of the signed answers."""
    tool = TOOLS.get(bias.tool)
    signed: dict[str, Answer] = {one.question: one.answer for one in bias.answers if one.is_signed}
    algorithm = assess(tool, signed) if tool and signed else None
    all_answers: dict[str, Answer] = {one.question: one.answer for one in bias.answers}
    proposals = assess(tool, all_answers) if tool and len(signed) < len(all_answers) else None
    if bias.overall == "not assessed":
        level: BiasLevel = algorithm.overall if algorithm else "not assessed"
        return Judged(level, algorithm, False, bias.by, bias.because, proposals)
    overridden = algorithm is not None and algorithm.overall != bias.overall
    return Judged(bias.overall, algorithm, overridden, bias.by, bias.because, proposals)
