"""How numbers combine: effect sizes, pooling and all that says how far to trust the pooled number.

Pure functions on NumPy arrays. An *effect* `yi` is on the scale that it is pooled on (the logarithm for ratios) and
`vi` is its sampling *variance*, not its standard error. Within-person designs come first: `ni` counts people, never
sides.
"""

from evidermis.statistics.effect_size import LOG_MEASURES, MEASURES, WITHIN_PERSON, Effects, effect_size, scale_of
from evidermis.statistics.heterogeneity import EXACT, METAFOR, METHODS, Stopping
from evidermis.statistics.pooling import Pooled, PooledMany, Tau2Interval, pool, pool_many, tau2_interval
from evidermis.statistics.regression import Regression, Subgroups, meta_regression, subgroup_test
from evidermis.statistics.robustness import (
    Influence,
    LeftOut,
    baujat,
    cumulative,
    influence,
    leave_one_family_out,
    leave_one_out,
)
from evidermis.statistics.small_study import (
    Asymmetry,
    Filled,
    begg,
    egger,
    egger_mixed,
    peters,
    trim_and_fill,
)
from evidermis.statistics.table import EffectTable, LeftOutRow, effects_from_table

__all__ = [
    "EXACT",
    "LOG_MEASURES",
    "MEASURES",
    "METAFOR",
    "METHODS",
    "WITHIN_PERSON",
    "Asymmetry",
    "EffectTable",
    "Effects",
    "Filled",
    "Influence",
    "LeftOut",
    "LeftOutRow",
    "Pooled",
    "PooledMany",
    "Regression",
    "Stopping",
    "Subgroups",
    "Tau2Interval",
    "baujat",
    "begg",
    "cumulative",
    "effect_size",
    "effects_from_table",
    "egger",
    "egger_mixed",
    "influence",
    "leave_one_family_out",
    "leave_one_out",
    "meta_regression",
    "peters",
    "pool",
    "pool_many",
    "scale_of",
    "subgroup_test",
    "tau2_interval",
    "trim_and_fill",
]
