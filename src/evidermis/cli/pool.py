"""`evidermis pool EFFECTS.csv`: one number from a table of effects, with everything a reader needs to judge it."""

import csv
import io
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from evidermis.evidence.errors import BadInput
from evidermis.statistics import EXACT, EffectTable, Pooled, effects_from_table, pool, tau2_interval

verb = typer.Typer(add_completion=False)
_LARGEST = 50_000_000


@verb.command()
def pool_effects(
    effects: Annotated[Path, typer.Argument(help="A CSV table, one study a line.")],
    method: Annotated[str, typer.Option(help="REML, DL, PM, ML, EB, SJ, HE, HS or EE.")] = "REML",
    test: Annotated[str, typer.Option(help="adhoc (Knapp-Hartung, never narrower than Wald), knha, t or z.")] = "adhoc",
    measure: Annotated[str, typer.Option(help="Compute this effect (SMD, RR, SMCRPH …) from raw columns.")] = "",
    log: Annotated[bool, typer.Option("--log", help="yi holds logarithms of ratios.")] = False,
    level: Annotated[float, typer.Option(help="Coverage of all intervals.")] = 0.95,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Pool the effects of independent studies.

    The table gives yi with vi (variance) or sei (standard error) or ci_lower and ci_upper; or a ratio (rr, or, hr,
    irr, rom) with its interval; or the raw columns of --measure. A column `family` names studies that are not
    independent.
    """
    table = effects_from_table(_rows(effects), measure=measure.upper(), scale="log" if log else "natural", level=level)
    _refuse_repeats(table, effects)
    if len(table.studies) == 0:
        raise BadInput("no row has both an effect and its error", file=str(effects))
    fit = pool(table.yi, table.vi, method=method, test=test, level=level, stopping=EXACT)
    independent = len(set(table.families))
    typer.echo(_as_json(table, fit, independent) if as_json else _as_text(table, fit, independent))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(
                "is larger than 50 MB", file=str(path), mend="a table of effects is small; is this the right file?"
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror})", file=str(path), mend="check the path") from error
    except UnicodeDecodeError as error:
        raise BadInput("is not UTF-8 text", file=str(path), mend="save it as CSV in UTF-8") from error
    if "\0" in text:
        raise BadInput("holds NUL characters", file=str(path), mend="save it as CSV text")
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, restkey="", restval="")
        return [dict(row) for row in reader if any(str(cell).strip() for cell in row.values())]
    except csv.Error as error:
        raise BadInput(f"is not a table ({error})", file=str(path)) from error


def _refuse_repeats(table: EffectTable, path: Path) -> None:
    repeated = next((name for name in table.studies if table.studies.count(name) > 1), "")
    if repeated:
        raise BadInput(
            f"study {repeated!r} has more than one effect, which are not independent",
            file=str(path),
            mend="choose one effect a study, or fit evidermis.statistics.three_level",
        )


def _finite(value: Any) -> Any:
    """The value as JSON can hold it: null for what is unknown."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _as_json(table: EffectTable, fit: Pooled, independent: int) -> str:
    figures = {name: _finite(value) for name, value in asdict(fit).items()}
    spread = tau2_interval(table.yi, table.vi, level=fit.level)
    study = [
        {"study": name, "family": family, "yi": float(y), "vi": float(v), "weight": weight}
        for name, family, y, v, weight in zip(
            table.studies, table.families, table.yi, table.vi, fit.weights, strict=True
        )
    ]
    figures.pop("weights")
    found = figures | {
        "scale": table.scale,
        "measure": table.measure,
        "tau2_ci": [_finite(spread.lower), _finite(spread.upper)],
        "i2_ci": [_finite(spread.i2_lower), _finite(spread.i2_upper)],
        "independent_families": independent,
        "is_pooled_claim": independent >= 2,
        "studies": study,
        "left_out": [asdict(row) for row in table.left_out],
    }
    return json.dumps(found, indent=2, allow_nan=False)


def _as_text(table: EffectTable, fit: Pooled, independent: int) -> str:
    lines: list[str] = []
    if fit.k > 1 and independent >= 2:
        lines += _claim(table, fit)
    else:
        why = "one study" if fit.k == 1 else "fewer than two independent families"
        lines.append(
            f"No pooled claim ({why}). {_interval('Its effect' if fit.k == 1 else 'Together', table.scale, fit)}"
        )
    lines += [f"Note: {note}." for note in fit.notes]
    lines += [f"Left out: line {row.line}, {_plain(row.study)}: {row.because}." for row in table.left_out]
    return "\n".join(lines)


def _claim(table: EffectTable, fit: Pooled) -> list[str]:
    spread = tau2_interval(table.yi, table.vi, level=fit.level)
    lines = [
        f"{fit.k} studies, {fit.method}, test {fit.test}{f', {table.measure}' if table.measure else ''}",
        f"{_interval('Pooled effect', table.scale, fit)}, p = {fit.p:.4g}",
        f"tau2 {fit.tau2:.4f} ({spread.lower:.4f} to {spread.upper:.4f}), I2 {fit.i2:.1f} % "
        f"({spread.i2_lower:.1f} to {spread.i2_upper:.1f}), Q {fit.q:.2f} on {fit.k - 1}, p = {fit.q_p:.4g}",
    ]
    if fit.k >= 3 and math.isfinite(fit.pi_lower):
        lines.append(
            f"{fit.level:.0%} of new studies may lie from {_shown(fit.pi_lower, table.scale)} to "
            f"{_shown(fit.pi_upper, table.scale)}"
        )
    return lines


def _interval(what: str, scale: Literal["log", "natural"], fit: Pooled) -> str:
    low, high = (_shown(end, scale) for end in (fit.ci_lower, fit.ci_upper))
    return f"{what} {_shown(fit.estimate, scale)} ({fit.level:.0%} interval {low} to {high})"


def _shown(value: float, scale: Literal["log", "natural"]) -> str:
    if not math.isfinite(value):
        return "unknown"
    return f"{math.exp(min(value, 700.0)):.4f} (log {value:.4f})" if scale == "log" else f"{value:.4f}"


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:80]
