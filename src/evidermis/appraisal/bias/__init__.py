"""Risk of bias by signalling questions: the tools' algorithms as tables, answered by people, never final by themselves.

RoB 2 (Sterne et al. 2019, BMJ 366:l4898) for individually randomised trials, both effects of interest, and its crossover
variant; a domain of our own for within-person trials; ROBINS-I for the rest in people; SYRCLE for animals; QUIN and OHAT for
cells and tissue. Questions are told in our own words; the official texts are under a licence that forbids derivatives.
"""

from evidermis.appraisal.bias.assessing import Assessed, DomainJudged, Judged, assess, judged_bias
from evidermis.appraisal.bias.bench import OHAT_ANSWERS, QUIN_ITEMS, SYRCLE_ITEMS, ohat_tier, quin, syrcle
from evidermis.appraisal.bias.observed import ROBINS_LEVELS, RobinsLevel, robins_i
from evidermis.appraisal.bias.printed import printed_tables
from evidermis.appraisal.bias.proposing import Proposed, Said, proposed, said_of_people, said_of_plan
from evidermis.appraisal.bias.robvis import (
    ROBVIS_HEAD,
    ROBVIS_LEVELS,
    RobvisLevel,
    RobvisRow,
    robvis_row,
    robvis_rows,
    robvis_table,
    robvis_unweighted,
)
from evidermis.appraisal.bias.tables import ANSWERS, Answer, Domain, Question, Row, Table, Tool, rows_matching
from evidermis.appraisal.bias.tools import ROB2, ROB2_ADHERENCE, ROB2_CROSSOVER, TOOLS, WITHIN_PERSON

__all__ = [
    "ANSWERS",
    "OHAT_ANSWERS",
    "QUIN_ITEMS",
    "ROB2",
    "ROB2_ADHERENCE",
    "ROB2_CROSSOVER",
    "ROBINS_LEVELS",
    "ROBVIS_HEAD",
    "ROBVIS_LEVELS",
    "SYRCLE_ITEMS",
    "TOOLS",
    "WITHIN_PERSON",
    "Answer",
    "Assessed",
    "Domain",
    "DomainJudged",
    "Judged",
    "Proposed",
    "Question",
    "RobinsLevel",
    "RobvisLevel",
    "RobvisRow",
    "Row",
    "Said",
    "Table",
    "Tool",
    "assess",
    "judged_bias",
    "ohat_tier",
    "printed_tables",
    "proposed",
    "quin",
    "robins_i",
    "robvis_row",
    "robvis_rows",
    "robvis_table",
    "robvis_unweighted",
    "rows_matching",
    "said_of_people",
    "said_of_plan",
    "syrcle",
]
