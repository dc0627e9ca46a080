"""Integrity before bias: can the study be relied on as a record of something that was done?

The order is that of INSPECT-SR (protocol: Wilkinson et al. 2024, BMJ Open 14:e084164): notices first, then conduct (was it
registered before it began, were outcomes exchanged), then the numbers. A concern is a question; only a retraction takes a
study out.
"""

from evidermis.appraisal.integrity.asking import integrity
from evidermis.appraisal.integrity.notices import (
    NOTICE_COLUMNS,
    ListedNotice,
    NoticeList,
    bare_doi,
    joined,
    notice_list,
    with_notices,
)

__all__ = [
    "NOTICE_COLUMNS",
    "ListedNotice",
    "NoticeList",
    "bare_doi",
    "integrity",
    "joined",
    "notice_list",
    "with_notices",
]
