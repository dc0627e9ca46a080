"""`evidermis pool EFFECTS.csv`: one number from a table of effects, with everything a reader needs to judge it."""

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.pool_report import as_json, as_text, clustered_as_json, clustered_as_text
from evidermis.cli.whole import written_whole_bytes
from evidermis.evidence.errors import BadInput
from evidermis.statistics import (
    EXACT,
    EffectTable,
    Pooled,
    Variant,
    cumulative,
    effects_from_table,
    multiverse,
    pool,
    three_level,
)

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
    cluster: Annotated[
        bool, typer.Option("--cluster", help="Several effects a study or family: three levels, CR2 robust interval.")
    ] = False,
    rho: Annotated[float, typer.Option(help="With --cluster: working correlation of effects of one family.")] = 0.6,
    pictures: Annotated[
        Path | None, typer.Option(help="Write forest, cumulative, funnel and multiverse pictures (SVG, CSV) here.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Pool the effects of independent studies.

    The table gives yi with vi (variance) or sei (standard error) or ci_lower and ci_upper; or a ratio (rr, or, hr,
    irr, rom) with its interval; or the raw columns of --measure. A column `family` names studies that are not
    independent, `year` orders the cumulative picture.

    Examples:

      evidermis pool effects.csv --pictures figures

      evidermis pool trials.csv --measure SMCRPH --json

      evidermis pool many-outcomes.csv --cluster --rho 0.6
    """
    table = effects_from_table(_rows(effects), measure=measure.upper(), scale="log" if log else "natural", level=level)
    if len(table.studies) == 0:
        raise BadInput("no row has both an effect and its error", file=str(effects))
    if cluster:
        named = table.families if len(set(table.families)) < len(set(table.studies)) else table.studies
        fitted = three_level(table.yi, table.vi, named, rho=rho, level=level)
        typer.echo(clustered_as_json(table, fitted, rho) if json else clustered_as_text(table, fitted, rho))
        return
    _refuse_repeats(table, effects)
    fit = pool(table.yi, table.vi, method=method, test=test, level=level, stopping=EXACT)
    if pictures is not None:
        _draw(table, fit, pictures)
    independent = len(set(table.families))
    typer.echo(as_json(table, fit, independent) if json else as_text(table, fit, independent))


def _draw(table: EffectTable, fit: Pooled, folder: Path) -> None:
    """The pictures of a fit and their data; no summary where there is no pooled claim."""
    from evidermis.publishing.meta_figures import cumulative_picture, forest_picture, funnel_picture
    from evidermis.publishing.synthesis_figures import multiverse_picture

    claimed = fit if len(set(table.families)) >= 2 else None
    ratio = table.scale == "log"
    effect = table.measure or ("Ratio" if ratio else "Effect")
    yi, vi = [float(y) for y in table.yi], [float(v) for v in table.vi]
    made = [forest_picture(table.studies, yi, vi, claimed, effect=effect, ratio=ratio)]
    if claimed is not None:
        variant = Variant("all", tuple(yi), tuple(vi))
        made.append(multiverse_picture(multiverse([variant]), effect=effect))
    if claimed is not None and fit.k > 2:
        order = list(range(fit.k)) if table.years is None else [int(at) for at in table.years.argsort(kind="stable")]
        fits = cumulative(table.yi[order], table.vi[order], method=fit.method, test=fit.test, level=fit.level)
        made.append(cumulative_picture([table.studies[at] for at in order], fits, effect=effect, ratio=ratio))
        made.append(funnel_picture(table.studies, yi, vi, fit, effect=effect))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot hold pictures ({error.strerror})", file=str(folder), mend="name a folder") from error
    for picture in made:
        written_whole_bytes(folder / f"{picture.name}.svg", picture.alone.encode("utf-8"))
        written_whole_bytes(folder / f"{picture.name}.csv", picture.csv)


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
            mend="choose one effect a study, or add --cluster",
        )
