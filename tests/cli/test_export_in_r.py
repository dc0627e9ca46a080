"""R reads what `export` writes: metafor pools the data rows to our figures, and the tables are as robvis and PRISMA2020 ask."""

import datetime
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from building import WORDS, finding, review, study, value
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding
from evidermis.pipeline import synthesised
from evidermis.publishing.cochrane_package import cochrane_package
from evidermis.review.bundle import copy_bundled
from evidermis.review.exporting import export

DAY = datetime.date(2026, 11, 23)


@cache
def has_metafor() -> bool:
    found = shutil.which("Rscript")
    return (
        bool(found)
        and subprocess.run([found, "-e", "library(metafor)"], capture_output=True, check=False).returncode == 0
    )


pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _needs_r() -> None:
    if not has_metafor():
        pytest.skip("R with metafor is not here: scripts/install-r puts it in place")


def r(script: str, *files: Path) -> list[str]:
    """What a script prints, line by line; it finds the files in `files`."""
    command = ["Rscript", "--vanilla", "-e", f"files <- commandArgs(TRUE); {script}", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def means(treated: float, control: float, sd: float) -> Finding:
    cells = (("treated", treated), ("control", control))
    return finding(values=tuple(value(arm, what, x) for arm, m in cells for what, x in (("mean", m), ("sd", sd))))


def counts(treated: int, control: int, n: int) -> Finding:
    cells = (("treated", treated), ("control", control))
    told = tuple(value(arm, what, x) for arm, e in cells for what, x in (("events", e), ("total", n)))
    return finding(values=told, instrument="seen", direction="benefit" if treated >= control else "harm")


DIFFERENCES = review(
    study("one-2020", n=30, findings=(means(8.5, 10, 2),)),
    study("two-2021", n=44, findings=(means(9.6, 10, 1.5),)),
    study("three-2022", n=18, findings=(means(6.5, 9, 2.5),)),
)
RATIOS = review(
    *(
        replace(study(name, design="rct", findings=(counts(*cells),)), reports=())
        for name, cells in {"a-2020": (12, 6, 40), "b-2021": (9, 8, 33), "c-2022": (20, 7, 51)}.items()
    )
)


@pytest.mark.parametrize("of", [DIFFERENCES, RATIOS], ids=["differences", "ratios"])
def test_metafor_pools_the_data_rows_to_the_figure_on_the_page(of: Review, tmp_path: Path) -> None:
    synthesis = synthesised(of, WORDS)
    (fit,) = (body.pooled for body in synthesis.bodies)
    assert fit is not None
    path = tmp_path / "CDtest-dataPackage.zip"
    path.write_bytes(cochrane_package(of, synthesis, WORDS))
    script = """
      library(metafor)
      unzip(files[1], exdir = files[2])
      row <- read.csv(list.files(files[2], "data-rows.csv$", recursive = TRUE, full.names = TRUE), check.names = FALSE)
      fit <- rma(yi = row[["GIV Mean"]], sei = row[["GIV SE"]], method = "REML", test = "adhoc", control = list(threshold = 1e-10))
      cat(sprintf("%.12g", c(fit$beta, fit$ci.lb, fit$ci.ub, fit$tau2, fit$k)), sep = "\\n")
    """
    told = [float(line) for line in r(script, path, tmp_path / "unzipped")[-5:]]
    assert told == pytest.approx([fit.estimate, fit.ci_lower, fit.ci_upper, fit.tau2, fit.k], rel=1e-5, abs=1e-7)


def test_the_data_package_has_the_columns_that_read_cdir_renames(tmp_path: Path) -> None:
    package = tmp_path / "CDtest-dataPackage.zip"
    package.write_bytes(cochrane_package(DIFFERENCES, synthesised(DIFFERENCES, WORDS), WORDS))
    with zipfile.ZipFile(package) as files:
        (settings,) = (name for name in files.namelist() if name.endswith("settings.csv"))
        (tmp_path / "settings.csv").write_bytes(files.read(settings))
    asked = (
        "Analysis group|Analysis number|Data type|Statistical method|Effect measure|Study CI|Estimate CI|"
        "Unit of effect measure|Analysis model|Log-scale data|Experimental group label|Control group label|"
        "Overall estimates|Test for subgroup differences|Subgroup estimates|Swap event and non-event|"
        "Analysis group name|Analysis name|Data source|Data source eligibility"
    )
    script = f"""
      told <- read.csv(files[1], check.names = FALSE)
      cat("missing:", setdiff(strsplit("{asked}", "|", fixed = TRUE)[[1]], names(told)), "\\n", sep = "")
      cat(told[["Statistical method"]], told[["Effect measure"]], is.logical(told[["Log-scale data"]]), sep = "\\n")
    """
    assert r(script, tmp_path / "settings.csv") == ["missing:", "IV", "Std. Mean Difference", "TRUE"]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports")
    copy_bundled("exosomes", path / "exosomes")
    export(path / "exosomes", path / "out", "", DAY)
    return path / "out"


def test_the_tables_for_robvis_have_its_columns_and_its_four_levels(exports: Path) -> None:
    # As robvis' own check: so many columns, a judgement told by its first letter, weights that are numbers.
    script = """
      plain <- read.csv(files[1], check.names = FALSE); weighted <- read.csv(files[2], check.names = FALSE)
      cat(names(plain), sep = " "); cat("\\n"); cat(names(weighted), sep = " "); cat("\\n")
      letters <- unique(substr(tolower(gsub("\\\\b(\\\\w)|\\\\W", "\\\\1", unlist(plain[, 2:7]))), 1, 1))
      cat(all(letters %in% c("h", "s", "l", "n")), is.numeric(weighted$Weight), all(weighted$Weight > 0), nrow(plain) > 20)
    """
    assert r(script, exports / "robvis.csv", exports / "robvis-weighted.csv") == [
        "Study D1 D2 D3 D4 D5 Overall",
        "Study D1 D2 D3 D4 D5 Overall Weight",
        "TRUE TRUE TRUE TRUE",
    ]


@pytest.mark.parametrize("name", ["prisma.csv", "prisma-lsr.csv"])
def test_the_table_for_prisma2020_has_every_row_it_looks_up_and_reasons_that_split(exports: Path, name: str) -> None:
    # PRISMA_data looks rows up by `data` and `box`, and parts reasons at ";" and their numbers at ",".
    asked = (
        "previous_studies previous_reports register_results database_results database_specific_results "
        "register_specific_results website_results organisation_results citations_results duplicates excluded_automatic "
        "excluded_other records_screened records_excluded dbr_sought_reports dbr_notretrieved_reports other_sought_reports "
        "other_notretrieved_reports dbr_assessed dbr_excluded other_assessed other_excluded new_studies new_reports "
        "total_studies total_reports total_studies_ma total_reports_ma identification screening included"
    )
    script = f"""
      told <- read.csv(files[1])
      cat(names(told)); cat("\\n")
      cat("missing:", setdiff(strsplit("{asked}", " ")[[1]], told$data), "\\n", sep = "")
      parts <- strsplit(strsplit(told[which(told$data == "dbr_excluded"), "n"], ";")[[1]], ",")
      n <- as.numeric(sapply(parts, function(one) one[length(one)]))
      of <- function(what) as.numeric(told[which(told$data == what), "n"])
      cat(sum(n) == of("dbr_assessed") - of("total_reports"), of("records_screened") - of("records_excluded") == of("dbr_sought_reports"))
    """
    assert r(script, exports / name) == ["data node box description boxtext tooltips url n", "missing:", "TRUE TRUE"]
