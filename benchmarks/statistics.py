"""Agreement with reference fits, speed beside metafor and PyMARE, and coverage with known truth.

    python benchmarks/statistics.py agreement --data DIR     DIR/statistics holds pairwise.json and models.json
    python benchmarks/statistics.py speed [--pymare PYTHON]  Rscript with metafor, and a Python that has PyMARE, if present
    python benchmarks/statistics.py coverage [--runs N]
    python benchmarks/statistics.py checks [--runs N]        how often number checks fail for honest numbers, and for swapped ones

DIR defaults to the environment variable EVIDERMIS_DATA.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from evidermis import statistics as st
from evidermis.statistics.distributions import student_quantile, student_two_sided

NAMES = {"I2": "i2", "H2": "h2", "Q": "q", "Q_p": "q_p"}
DAMPED = st.Stopping(threshold=1e-5, step=0.5)
BCG = {
    "ai": [4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27],
    "bi": [119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886],
    "ci": [11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29],
    "di": [128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825],
}


def agreement(data: Path) -> None:
    reference = json.loads((data / "statistics" / "pairwise.json").read_text(encoding="utf-8"))
    rules = {"exact (default)": st.EXACT, "metafor's default": st.METAFOR, "threshold 1e-5, half steps": DAMPED}
    print("| kind of fit | figures | " + " | ".join(rules) + " |\n|---|---|" + "---|" * len(rules))
    rows: dict[str, dict[str, float]] = {}
    counted: dict[str, int] = {}
    for rule, stopping in rules.items():
        for ref in reference.values():
            for kind, difference in differences(ref, stopping):
                worst = rows.setdefault(kind, {})
                worst[rule] = max(worst.get(rule, 0.0), difference)
                counted[kind] = counted.get(kind, 0) + (rule == "exact (default)")
    for kind, worst in rows.items():
        print(f"| {kind} | {counted[kind]} | " + " | ".join(f"{worst[rule]:.1e}" for rule in rules) + " |")
    models = json.loads((data / "statistics" / "models.json").read_text(encoding="utf-8"))
    print("\n| model | largest relative difference |\n|---|---|")
    for name, ref in models.items():
        print(f"| {name} | {model_difference(name, ref):.1e} |")


def model_difference(name: str, ref: dict) -> float:
    """Regressions at the library's default stop; multilevel fits at the optimum, robust tests by CR1 as the reference."""
    if "X" in ref:
        fit = st.meta_regression(ref["yi"], ref["vi"], ref["X"], test=name.split(":")[1])
        names = {"beta": "beta", "se": "se", "tau2": "tau2", "QM": "qm", "QMp": "qm_p", "QE": "qe", "R2": "r2"}
        return max(relative(getattr(fit, ours), ref[theirs]) for theirs, ours in names.items())
    fit = st.three_level(ref["yi"], ref["vi"], ref.get("study") or ref["district"], correction="CR1")
    found = [
        relative(fit.beta, ref["beta"]),
        relative(fit.se, ref["se"]),
        relative([fit.between_studies, fit.within_studies], ref["sigma2"]),
        relative(fit.log_likelihood, ref["logLik"]),
    ]
    if "robust" in ref:
        found += [relative(fit.robust.se, ref["robust"]["se"]), relative(fit.robust.p, ref["robust"]["p"])]
    return max(found)


def differences(ref: dict, stopping: st.Stopping):
    y, v = ref["yi"], ref["vi"]
    for key, wanted in ref["fits"].items():
        method, test = key.split(":")
        fit = st.pool(y, v, method=method, test=test, stopping=stopping)
        kind = (
            "iterated (ML, REML, PM, EB)"
            if method in ("ML", "REML", "PM", "EB")
            else "closed form (EE, DL, HE, HS, SJ)"
        )
        for name, value in wanted.items():
            if isinstance(value, int | float):
                yield kind, relative(getattr(fit, NAMES.get(name, name)), value)
    interval = st.tau2_interval(y, v, stopping=stopping)
    for name, value in ref["tau2_qprofile"].items():
        yield "Q-profile interval", relative(getattr(interval, name.lower()), value)
    for label, many in (
        ("leave1out_REML", st.leave_one_out(y, v, stopping=stopping)),
        ("cumul_REML", st.cumulative(y, v, stopping=stopping)),
        ("influence", st.influence(y, v, stopping=stopping)),
    ):
        for name, value in ref[label].items():
            yield label.replace("_REML", ""), relative(getattr(many, name), value)
    egger, begg, filled = st.egger(y, v), st.begg(y, v), st.trim_and_fill(y, v)
    yield (
        "Egger, Begg, trim-and-fill",
        relative([egger.statistic, egger.p], [ref["egger_lm"]["t"], ref["egger_lm"]["p"]]),
    )
    yield "Egger, Begg, trim-and-fill", relative([begg.statistic, begg.p], [ref["begg"]["tau"], ref["begg"]["p"]])
    wanted = ref["trimfill_DL"]
    yield (
        "Egger, Begg, trim-and-fill",
        relative([filled.k0, filled.fit.estimate, filled.fit.se], [wanted["k0"], wanted["estimate"], wanted["se"]]),
    )


def relative(found, wanted) -> float:
    wanted = np.array([np.nan if x in (None, "NA") else x for x in np.atleast_1d(wanted)], float)
    found = np.atleast_1d(np.asarray(found, float))
    known = np.isfinite(wanted)
    return float(np.max(np.abs(found[known] - wanted[known]) / np.maximum(1, np.abs(wanted[known])), initial=0.0))


def speed(pymare: str | None) -> None:
    y, v = st.effect_size("RR", BCG)
    rng = np.random.default_rng(7)
    sizes = rng.integers(2, 31, 10_000)
    ys, vs = [rng.normal(0.3, 0.5, k) for k in sizes], [rng.uniform(0.01, 0.3, k) for k in sizes]
    rows = [("evidermis, one fit", timed(lambda: st.pool(y, v, test="knha"), 200))]
    rows.append(
        (
            "evidermis, batch of 10,000 with 2 to 30 studies",
            timed(lambda: st.pool_many(ys, vs, test="knha"), 3) / 10_000,
        )
    )
    one, mixed, tau2 = metafor_times(y, v, ys[:300], vs[:300])
    many = st.pool_many(ys[:300], vs[:300], test="knha", stopping=st.METAFOR)
    rows += [("metafor, one fit", one), ("metafor, 300 of the batch, each fit", mixed)]
    if pymare:
        rows.append(("PyMARE, one fit", pymare_time(pymare, y, v)))
    print("| REML with Knapp-Hartung | ms a fit | against evidermis |\n|---|---|---|")
    for name, seconds in rows:
        base = rows[1][1] if "batch" in name else rows[0][1]
        print(f"| {name} | {1000 * seconds:.4f} | {seconds / base:.1f} |")
    print(
        f"\nLargest difference of tau2 in 300 of the batch, same stopping rule: {np.nanmax(np.abs(many.tau2 - tau2)):.1e}"
    )
    exact = st.pool_many(ys[:300], vs[:300], test="knha")
    print(
        f"Largest difference of tau2 from the exact optimum to metafor's default: {np.nanmax(np.abs(exact.tau2 - tau2)):.1e}"
    )


def timed(work, times: int) -> float:
    work()
    best = np.inf
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - start) / times)
    return best


METAFOR = """suppressMessages({library(metafor); library(jsonlite)})
d <- fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)
y <- unlist(d$y); v <- unlist(d$v); ys <- lapply(d$ys, unlist); vs <- lapply(d$vs, unlist)
seconds <- function() proc.time()[[3]]
f <- rma(y, v, test = "knha"); a <- seconds(); for (i in 1:200) f <- rma(y, v, test = "knha"); one <- (seconds() - a) / 200
fit <- function(i) { g <- try(rma(ys[[i]], vs[[i]], test = "knha"), silent = TRUE); if (inherits(g, "try-error")) NA else g$tau2 }
a <- seconds(); t <- sapply(seq_along(ys), fit)
cat(toJSON(list(one = one, mixed = (seconds() - a) / length(ys), tau2 = t), digits = I(16), auto_unbox = TRUE, na = "null"))"""


def metafor_times(y, v, ys, vs):
    with tempfile.TemporaryDirectory() as folder:
        script, data = Path(folder) / "speed.R", Path(folder) / "data.json"
        script.write_text(METAFOR, encoding="utf-8")
        content = {"y": y.tolist(), "v": v.tolist(), "ys": [a.tolist() for a in ys], "vs": [a.tolist() for a in vs]}
        data.write_text(json.dumps(content), encoding="utf-8")
        done = subprocess.run(["Rscript", str(script), str(data)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return found["one"], found["mixed"], np.array(found["tau2"], float)


PYMARE = """import sys, json, time, numpy as np
from pymare import Dataset
from pymare.estimators import VarianceBasedLikelihoodEstimator as E
y, v = (np.array(x)[:, None] for x in json.loads(sys.argv[1]))
def fit():
    return E(method="REML").fit_dataset(Dataset(y, v)).summary().get_fe_stats()
fit(); s = time.perf_counter()
for _ in range(100): fit()
print((time.perf_counter() - s) / 100)"""


def pymare_time(python: str, y, v) -> float:
    words = [python, "-W", "ignore", "-c", PYMARE, json.dumps([y.tolist(), v.tolist()])]
    return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def coverage(runs: int) -> None:
    rng = np.random.default_rng(20)
    tests = ("z", "t", "knha", "adhoc")
    head = " | ".join(f"REML {t}" for t in tests)
    print(f"| k | tau2 | rho | {head} | DL z | pairs as two groups, z | 95 % prediction, t(k-1) |\n|" + "---|" * 10)
    for k in (2, 3, 5, 10, 30):
        for tau2 in (0.0, 0.05, 0.5):
            for rho in (0.0, 0.5, 0.9):
                print(
                    f"| {k} | {tau2} | {rho} | "
                    + " | ".join(f"{x:.1f}" for x in one_cell(rng, runs, k, tau2, rho, tests))
                    + " |"
                )


def one_cell(rng, runs: int, k: int, tau2: float, rho: float, tests) -> list[float]:
    """Mean within-person differences of trials with 8 to 40 people, SD 1 a side, true mean 0.4: coverage in per cent."""
    truth, people = 0.4, rng.integers(8, 41, (runs, k))
    own = truth + np.sqrt(tau2) * rng.normal(size=(runs, k))
    spread = 2 * (1 - rho)
    y = own + np.sqrt(spread / people) * rng.normal(size=(runs, k))
    v = spread * rng.chisquare(people - 1) / (people - 1) / people
    apart = rng.chisquare(2 * people - 2) / (2 * people - 2) * 2 / people
    found = []
    for method, test, variance in [("REML", t, v) for t in tests] + [("DL", "z", v), ("REML", "z", apart)]:
        fit = st.pool_many(y, variance, method=method, test=test)
        found.append(100 * np.mean((fit.ci_lower <= truth) & (truth <= fit.ci_upper)))
    fit = st.pool_many(y, v, test="adhoc", pi_df="k-1")
    new = truth + np.sqrt(tau2) * rng.normal(size=runs)
    return [*found, 100 * np.mean((fit.pi_lower <= new) & (new <= fit.pi_upper))]


def checks(runs: int) -> None:
    """Each check on numbers that honest data gave, printed with one or two decimals, and on the same numbers spoilt."""
    rng = np.random.default_rng(11)
    failed: dict[str, list[int]] = {}

    def count(name: str, honest, spoilt=None) -> None:
        row = failed.setdefault(name, [0, 0, 0, 0])
        row[0] += honest is False
        row[1] += 1
        if spoilt is not None:
            row[2] += spoilt is False
            row[3] += 1

    for _ in range(runs):
        n = int(rng.integers(8, 60))
        grades = rng.integers(0, 11, n)
        mean, sd = f"{grades.mean():.2f}", f"{grades.std(ddof=1):.2f}"
        wrong = f"{float(mean) + rng.choice([-1, 1]) * rng.uniform(0.02, 0.2):.2f}"
        count("GRIM, 2 decimals", st.grim(mean, n).holds, st.grim(wrong, n).holds)
        count(
            "GRIMMER, 2 decimals", st.grimmer(mean, sd, n).holds, st.grimmer(mean, f"{float(sd) + 0.03:.2f}", n).holds
        )
        events = int(rng.integers(0, n + 1))
        percent = f"{100 * events / n:.1f}"
        shifted = f"{min(100.0, 100 * events / n + rng.uniform(0.2, 0.9)):.1f}"
        count("percentage, 1 decimal", st.percentage_check(percent, n).holds, st.percentage_check(shifted, n).holds)
        first, second = rng.normal(50, 8, n), rng.normal(50, 8, n)
        sds = tuple(f"{x.std(ddof=1):.1f}" for x in (first, second))
        count("identical SDs, 1 decimal", st.identical_sds(sds, (n, n)).holds)
        reach = float(student_quantile(0.975, n - 1)) * first.std(ddof=1) / np.sqrt(n)
        ends = [f"{first.mean() + side * reach:.1f}" for side in (-1, 1)]
        swapped = [f"{first.mean() + side * reach * np.sqrt(n):.1f}" for side in (-1, 1)]
        for digits in (1, 2):
            m, s = round(first.mean(), digits), round(first.std(ddof=1), digits)
            honest, spoilt = (st.confidence_interval_check(m, s, n, *x).holds for x in (ends, swapped))
            count(f"interval to 1 decimal from mean and SD to {digits}", honest, spoilt)
        t = (first.mean() - second.mean()) / np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / n)
        p = float(student_two_sided(t, 2 * n - 2))
        honest, spoilt = (st.recompute_p("t", f"{t:.2f}", f"{x:.3f}", df1=2 * n - 2).holds for x in (p, p / 2))
        count("p from t (t to 2, p to 3 decimals)", honest, spoilt if p > 0.004 else None)
        pairs = rng.random((n, 2)) < (0.6, 0.45)
        b, c = int((pairs[:, 0] & ~pairs[:, 1]).sum()), int((~pairs[:, 0] & pairs[:, 1]).sum())
        e1, e2 = (int(x) for x in pairs.sum(0))
        q = st.mcnemar_p(b, c)
        honest, spoilt = (st.mcnemar_check(e1, e2, n, f"{x:.3f}").holds for x in (q, q / 3))
        count("McNemar", honest, spoilt if q > 0.01 else None)
        p_values = [float(student_two_sided(x, 1e6)) for x in rng.normal(0, 1, 8)]
        count("baseline p values (alpha 0.01)", st.baseline_p_values(p_values).holds)
    print("| check | false alarms, % | spoilt numbers caught, % |\n|---|---|---|")
    for name, (false, honest, caught, spoilt) in failed.items():
        seen = f"{100 * caught / spoilt:.1f}" if spoilt else "-"
        print(f"| {name} | {100 * false / honest:.2f} | {seen} |")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("what", choices=["agreement", "speed", "coverage", "checks"])
    words.add_argument("--data", type=Path, default=Path(os.environ.get("EVIDERMIS_DATA", "data")))
    words.add_argument("--pymare", help="a Python that can import pymare")
    words.add_argument("--runs", type=int, default=2000)
    chosen = words.parse_args()
    if chosen.what == "agreement":
        agreement(chosen.data)
    elif chosen.what == "speed":
        speed(chosen.pymare)
    elif chosen.what == "checks":
        checks(chosen.runs)
    else:
        coverage(chosen.runs)
