"""The RO-Crate holds the whole review: it is a review again, and concludes the same."""

import datetime
from pathlib import Path

from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.bundle import write_starter
from evidermis.review.exporting import export
from evidermis.review.folder.checking import checked
from evidermis.review.living.comparing import now
from evidermis.review.records.keeping import import_files
from records import file_of

DAY = datetime.date(2026, 11, 23)


def test_a_crate_is_a_review_that_concludes_the_same_from_the_same_records(tmp_path: Path) -> None:
    folder = tmp_path / "it"
    write_starter(folder, DAY.isoformat())
    import_files(folder, [file_of(tmp_path / "a.ris", [1, 2, 3])], DAY)
    export(folder, tmp_path / "out", "crate", DAY)
    both = (folder, tmp_path / "out" / "crate")
    here, there = (now(path, checked(path, bundled_vocabulary(), DAY)).snapshot for path in both)
    assert here.name == there.name
