"""Published meta-analyses of R's metadat, fed year by year: a conclusion is told to have changed exactly where it did."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_difference_fires_exactly_where_a_conclusion_of_a_real_meta_analysis_changes(tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not here: scripts/install-r puts it in place, with metafor and metadat")
    made = subprocess.run(
        [rscript, "--vanilla", HOME / "validation" / "metadat" / "years.R"], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("R has no metafor and metadat: scripts/install-r puts them in place")
    (tmp_path / "effects.json").write_bytes(made.stdout)
    command = [sys.executable, "benchmarks/living.py", "replay", str(tmp_path / "effects.json"), "--most", "15"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True)
    *_, fired, empty = done.stdout.splitlines()
    told = re.fullmatch(
        r"(\d+) reviews, (\d+) updates: (\d+) changed a conclusion, (\d+) fired otherwise than expected;", fired
    )
    assert told is not None, fired
    reviews, updates, changed, wrong = map(int, told.groups())
    assert (wrong, empty) == (0, f"{updates} of {updates} updates without news were empty")
    assert reviews >= 10
    assert 0 < changed < updates
