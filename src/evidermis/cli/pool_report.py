"""What `pool` prints: the fit in words or as one JSON object."""

import json
import math
from dataclasses import asdict
from typing import Any, Literal

from evidermis.statistics import EffectTable, Multilevel, Pooled, tau2_interval

__all__ = ["as_json", "as_text", "clustered_as_json", "clustered_as_text"]


def _finite(value: Any) -> Any:
    """The value as JSON can hold it: null for what is unknown."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def as_json(table: EffectTable, fit: Pooled, independent: int) -> str:
    """Every figure of the fit; `is_pooled_claim` is false with fewer than two independent families."""
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


def as_text(table: EffectTable, fit: Pooled, independent: int) -> str:
    """The same in words, the claim first."""
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


def clustered_as_json(table: EffectTable, fit: Multilevel, rho: float) -> str:
    """A three-level fit: the robust interval is the one to report."""
    robust = fit.robust
    found = {
        "estimate": float(fit.beta[0]),
        "se": float(robust.se[0]),
        "df": float(robust.df[0]),
        "p": float(robust.p[0]),
        "ci_lower": float(robust.ci_lower[0]),
        "ci_upper": float(robust.ci_upper[0]),
        "is_reliable": bool(robust.is_reliable[0]),
        "between_studies": fit.between_studies,
        "within_studies": fit.within_studies,
        "rho": rho,
        "clusters": fit.studies,
        "effects": fit.effects,
        "scale": table.scale,
        "measure": table.measure,
        "notes": list(fit.notes),
        "left_out": [asdict(row) for row in table.left_out],
    }
    return json.dumps({name: _finite(value) for name, value in found.items()}, indent=2, allow_nan=False)


def clustered_as_text(table: EffectTable, fit: Multilevel, rho: float) -> str:
    """The same in words."""
    low, high = (_shown(float(end[0]), table.scale) for end in (fit.robust.ci_lower, fit.robust.ci_upper))
    robust = fit.robust
    said = "Pooled effect" if robust.is_reliable[0] else "No pooled claim. Together"
    effect = _shown(float(fit.beta[0]), table.scale)
    lines = [
        f"{fit.effects} effects of {fit.studies} studies or families, three levels, working correlation {rho:g}",
        f"{said} {effect} (robust interval {low} to {high}, CR2 on {robust.df[0]:.1f} degrees), p = {robust.p[0]:.4g}",
        f"variance between studies {fit.between_studies:.4f}, within {fit.within_studies:.4f}",
    ]
    lines += [f"Note: {note}." for note in fit.notes]
    lines += [f"Left out: line {row.line}, {_plain(row.study)}: {row.because}." for row in table.left_out]
    return "\n".join(lines)
