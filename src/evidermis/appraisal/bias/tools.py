"""The tables of RoB 2 and of what goes with it. Written from the published algorithms, questions in our own words.

Two public re-implementations of RoB 2 are known to be wrong (no random sequence though concealed is not *high*; missing data
that nobody shows to be harmless are not yet *high*; one selected result is enough for *high*); tests hold ours against them.
"""

from evidermis.appraisal.bias.tables import Domain, Level, Question, Row, Table, Tool

__all__ = ["ROB2", "ROB2_ADHERENCE", "ROB2_CROSSOVER", "TOOLS", "WITHIN_PERSON"]

_LOW: Level = "low"
_SOME: Level = "some concerns"
_HIGH: Level = "high"
_UNREAD = "written from restatements of the guidance; to be held against the guidance document itself"
# The guidance document could not be read. D1 stands in a table that restates it (PMC8191126, table 2). Of D1 to D5 and both
# effects, all 109,125 combinations of answers gave what an independent public implementation gives (Younthing/eagent).
_HELD = "written from restatements; every combination held against an independent implementation; not against the guidance itself"


def _row(level: Level, **answers: str) -> Row:
    """`q1_1="Y"` is question 1.1; `w_3` is W.3."""
    return Row(tuple((name.lstrip("q").replace("_", ".").upper(), cell) for name, cell in answers.items()), level)


def _asked(**texts: str) -> tuple[Question, ...]:
    return tuple(Question(name.lstrip("q").replace("_", ".").upper(), text) for name, text in texts.items())


RANDOMISATION = Domain(
    "D1",
    "randomisation",
    _asked(
        q1_1="Was the order of allocation left to chance?",
        q1_2="Could nobody foresee the next allocation until it was made?",
        q1_3="Do differences at the start point to a fault of the randomisation?",
    ),
    (
        Table(
            (
                _row(_LOW, q1_1="Y/NI", q1_2="Y", q1_3="N/NI"),
                _row(_SOME, q1_1="Y/NI", q1_2="Y", q1_3="Y"),
                _row(_SOME, q1_1="N", q1_2="Y"),
                _row(_SOME, q1_2="NI", q1_3="N/NI"),
                _row(_HIGH, q1_2="NI", q1_3="Y"),
                _row(_HIGH, q1_2="N"),
            )
        ),
    ),
)
_AWARE = ({"q2_1": "Y/NI"}, {"q2_1": "N", "q2_2": "Y/NI"})
ASSIGNMENT = Domain(
    "D2",
    "deviations from the assigned treatment",
    _asked(
        q2_1="Did participants know what they got?",
        q2_2="Did those who gave it know?",
        q2_3="Did the trial's setting lead to deviations from what was assigned?",
        q2_4="Could these deviations have changed the outcome?",
        q2_5="Were they alike in both groups?",
        q2_6="Was everybody analysed in the group assigned?",
        q2_7="If not, could that have changed the result much?",
    ),
    (
        Table(
            (
                _row(_LOW, q2_1="N", q2_2="N"),
                *(_row(_LOW, **aware, q2_3="N") for aware in _AWARE),
                *(_row(_SOME, **aware, q2_3="NI") for aware in _AWARE),
                *(_row(_SOME, **aware, q2_3="Y", q2_4="N") for aware in _AWARE),
                *(_row(_SOME, **aware, q2_3="Y", q2_4="Y/NI", q2_5="Y") for aware in _AWARE),
                *(_row(_HIGH, **aware, q2_3="Y", q2_4="Y/NI", q2_5="N/NI") for aware in _AWARE),
            )
        ),
        Table(
            (
                _row(_LOW, q2_6="Y"),
                _row(_SOME, q2_6="N/NI", q2_7="N"),
                _row(_HIGH, q2_6="N/NI", q2_7="Y/NI"),
            )
        ),
    ),
)
# Nobody knew, or what else was done was alike: then failures and non-adherence decide.
_FAIR = ({"q2_1": "N", "q2_2": "N"}, *({**aware, "q2_3": "Y/NA"} for aware in _AWARE))
_FAILED = ({"q2_4": "Y/NI"}, {"q2_4": "N/NA", "q2_5": "Y/NI"})
ADHERENCE = Domain(
    "D2",
    "adherence to the treatment",
    _asked(
        q2_1="Did participants know what they got?",
        q2_2="Did those who gave it know?",
        q2_3="Were other important treatments alike in both groups?",
        q2_4="Did failures to give the treatment change the outcome?",
        q2_5="Did participants keep so little to it that the outcome changed?",
        q2_6="Was the effect of keeping to it estimated in the right way?",
    ),
    (
        Table(
            (
                *(_row(_LOW, **fair, q2_4="N/NA", q2_5="N/NA") for fair in _FAIR),
                *(_row(_SOME, **fair, **failed, q2_6="Y") for fair in _FAIR for failed in _FAILED),
                *(_row(_HIGH, **fair, **failed, q2_6="N/NI") for fair in _FAIR for failed in _FAILED),
                *(_row(_SOME, **aware, q2_3="N/NI", q2_6="Y") for aware in _AWARE),
                *(_row(_HIGH, **aware, q2_3="N/NI", q2_6="N/NI") for aware in _AWARE),
            )
        ),
    ),
)
MISSING = Domain(
    "D3",
    "missing outcome data",
    _asked(
        q3_1="Is the outcome known of all, or nearly all?",
        q3_2="Is there evidence that missing data did not change the result?",
        q3_3="Could an outcome be missing because of its value?",
        q3_4="Is it likely that it was?",
    ),
    (
        Table(
            (
                _row(_LOW, q3_1="Y"),
                _row(_LOW, q3_1="N/NI", q3_2="Y"),
                _row(_LOW, q3_1="N/NI", q3_2="N/NI", q3_3="N"),
                _row(_SOME, q3_1="N/NI", q3_2="N/NI", q3_3="Y/NI", q3_4="N"),
                _row(_HIGH, q3_1="N/NI", q3_2="N/NI", q3_3="Y/NI", q3_4="Y/NI"),
            )
        ),
    ),
)
MEASUREMENT = Domain(
    "D4",
    "measurement of the outcome",
    _asked(
        q4_1="Was the outcome measured in an unfit way?",
        q4_2="Could measuring have differed between the groups?",
        q4_3="Did those who measured know the treatment?",
        q4_4="Could that have swayed what they found?",
        q4_5="Is it likely that it did?",
    ),
    (
        Table(
            (
                _row(_HIGH, q4_1="Y"),
                _row(_HIGH, q4_1="N/NI", q4_2="Y"),
                _row(_LOW, q4_1="N/NI", q4_2="N", q4_3="N"),
                _row(_LOW, q4_1="N/NI", q4_2="N", q4_3="Y/NI", q4_4="N"),
                _row(_SOME, q4_1="N/NI", q4_2="N", q4_3="Y/NI", q4_4="Y/NI", q4_5="N"),
                _row(_SOME, q4_1="N/NI", q4_2="NI", q4_3="N"),
                _row(_SOME, q4_1="N/NI", q4_2="NI", q4_3="Y/NI", q4_4="N"),
                _row(_SOME, q4_1="N/NI", q4_2="NI", q4_3="Y/NI", q4_4="Y/NI", q4_5="N"),
                _row(_HIGH, q4_1="N/NI", q4_2="N/NI", q4_3="Y/NI", q4_4="Y/NI", q4_5="Y/NI"),
            )
        ),
    ),
)
_SELECTION = (
    _row(_HIGH, q5_2="Y"),
    _row(_HIGH, q5_2="N/NI", q5_3="Y"),
    _row(_SOME, q5_2="NI", q5_3="N/NI"),
    _row(_SOME, q5_2="N", q5_3="NI"),
    _row(_LOW, q5_1="Y", q5_2="N", q5_3="N"),
    _row(_SOME, q5_1="N/NI", q5_2="N", q5_3="N"),
)
_REPORTED = _asked(
    q5_1="Was it analysed by a plan made before the results were known?",
    q5_2="Was the result likely picked among several measurements?",
    q5_3="Was it likely picked among several analyses?",
)
REPORTING = Domain("D5", "selection of the reported result", _REPORTED, (Table(_SELECTION),))
CROSSOVER_REPORTING = Domain(
    "D5",
    "selection of the reported result",
    (*_REPORTED, *_asked(q5_4="Was only the first period reported because of a test for carry-over?")),
    (Table(_SELECTION), Table((_row(_HIGH, q5_4="Y"), _row(_LOW, q5_4="N/NI/NA")))),
)
CARRY_OVER = Domain(
    "DS",
    "period and carry-over",
    _asked(
        s_1="Did as many people start with either treatment?",
        s_2="Was the effect of the period dealt with?",
        s_3="Was there time enough for the first effect to go?",
    ),
    (
        Table(
            (
                _row(_HIGH, s_3="N"),
                _row(_SOME, s_3="NI"),
                _row(_LOW, s_3="Y", s_1="Y"),
                _row(_LOW, s_3="Y", s_1="N/NI", s_2="Y"),
                _row(_SOME, s_3="Y", s_1="N/NI", s_2="N/NI"),
            )
        ),
    ),
)
SITES = Domain(
    "DW",
    "sites of one person",
    _asked(
        w_2="Were the two sites alike at the start?",
        w_3="Could the treatment reach the other site (spread, hands, blood, co-treatment of both)?",
        w_4="Was that guarded against (distance, staff applied it, people were instructed)?",
        w_5="Was it analysed as pairs?",
        w_6="Are losses known for each site?",
        w_7="Does the conclusion rest on there being little difference?",
    ),
    (
        Table(
            (
                _row(_LOW, w_3="N", w_5="Y"),
                _row(_SOME, w_3="N", w_5="N/NI"),
                _row(_SOME, w_3="Y/NI", w_4="Y"),
                _row(_SOME, w_3="NI", w_4="N/NI"),
                _row(_SOME, w_3="Y", w_4="N/NI", w_7="N/NI"),
                _row(_HIGH, w_3="Y", w_4="N/NI", w_7="Y"),
            )
        ),
        Table((_row(_LOW, w_2="Y/NI"), _row(_SOME, w_2="N"))),
        Table((_row(_LOW, w_6="Y/NI"), _row(_SOME, w_6="N"))),
    ),
)
_STERNE = "Sterne et al. 2019, BMJ 366:l4898"
ROB2 = Tool(
    "rob2",
    "RoB 2, effect of assignment",
    _STERNE,
    _HELD,
    (RANDOMISATION, ASSIGNMENT, MISSING, MEASUREMENT, REPORTING),
)
ROB2_ADHERENCE = Tool(
    "rob2-adherence",
    "RoB 2, effect of adherence",
    _STERNE,
    _HELD,
    (RANDOMISATION, ADHERENCE, MISSING, MEASUREMENT, REPORTING),
)
ROB2_CROSSOVER = Tool(
    "rob2-crossover",
    "RoB 2 for crossover trials",
    _STERNE,
    _UNREAD,
    (RANDOMISATION, CARRY_OVER, ASSIGNMENT, MISSING, MEASUREMENT, CROSSOVER_REPORTING),
)
WITHIN_PERSON = Tool(
    "within-person",
    "RoB 2 with a domain of our own for sites of one person",
    f"{_STERNE}; the domain DW is a house rule and no part of RoB 2",
    _UNREAD,
    (RANDOMISATION, SITES, ASSIGNMENT, MISSING, MEASUREMENT, REPORTING),
)
TOOLS: dict[str, Tool] = {tool.id: tool for tool in (ROB2, ROB2_ADHERENCE, ROB2_CROSSOVER, WITHIN_PERSON)}
