"""Every benchmark of the project, one after the other, as `make bench` runs them: what each prints stands under its command.

    python benchmarks/all.py [--data DIR] [--peer PYTHON] [NAME …]

A benchmark that needs what is not there (DIR with records that are no part of the project, a Python with the peers) is named as left out. NAME takes
only these (`formats`, `library` …).
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Run:
    """A command; `needs` are paths below DIR, `takes` the options that are given where there is something to give."""

    name: str
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    data: str = ""


RUNS = (
    Run("formats", ("counts",), needs=("formats", "registry"), takes=("--data",)),
    Run("formats", ("speed",), takes=("--data", "--peer")),
    Run("library", takes=("--data",), data="formats/medline/pubmed_1000.txt"),
    Run("linkage", needs=("linkage",), takes=("--data",), data="linkage"),
    Run("reading", needs=("reading",), takes=("--data",)),
    Run("statistics", ("agreement",), needs=("statistics",), takes=("--data",)),
    Run("statistics", ("speed",)),
    Run("appraisal", ("speed",)),
    Run("auditing", ("speed",)),
    Run("auditing", ("mutations",)),
)


def command(run: Run, data: Path | None, peer: str) -> list[str]:
    words = [sys.executable, str(HERE / f"{run.name}.py"), *run.words]
    if "--data" in run.takes and data and (data / run.data).exists():
        words += ["--data", str(data / run.data)]
    if "--peer" in run.takes and peer:
        words += ["--peer", peer]
    return words


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--data", type=Path)
    words.add_argument("--peer", default="")
    words.add_argument("names", nargs="*")
    given = words.parse_args()
    data = given.data if given.data and given.data.is_dir() else None
    peer = given.peer if given.peer and Path(given.peer).exists() else ""
    if not data:
        print(
            f"{given.data or '--data'} is not there: what needs real records is left out, the rest takes records it makes"
        )
    if not peer:
        print(f"{given.peer or '--peer'} is not there: no figures of peers")
    failed: list[str] = []
    for run in RUNS:
        if given.names and run.name not in given.names:
            continue
        title = " ".join(("python", f"benchmarks/{run.name}.py", *run.words))
        if missing := [need for need in run.needs if not data or not (data / need).exists()]:
            print(f"\n## {title}\n\nleft out: needs {', '.join(missing)} below --data", flush=True)
            continue
        print(f"\n## {title}\n", flush=True)
        if subprocess.run(command(run, data, peer), check=False).returncode:
            failed.append(title)
    unlisted = {file.stem for file in HERE.glob("*.py")} - {run.name for run in RUNS} - {"all"}
    if unlisted:
        print(f"\nnot run here: {', '.join(sorted(unlisted))}")
    if failed:
        raise SystemExit(f"failed: {'; '.join(failed)}")


if __name__ == "__main__":
    main()
