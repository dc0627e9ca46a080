"""The auditor's rules. None knows a subject or an article: words are data, facts come from the review.

To add one: a function from a case to what it finds, and its line in the table of its file.
"""

from evidermis.auditing.rules.citing import CITING
from evidermis.auditing.rules.numbers import NUMBERS
from evidermis.auditing.rules.reaching import REACHING
from evidermis.auditing.rules.rule import Rule
from evidermis.auditing.rules.telling import TELLING
from evidermis.auditing.rules.whole import WHOLE

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (*CITING, *REACHING, *NUMBERS, *TELLING, *WHOLE)
