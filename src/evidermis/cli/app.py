"""The typer application and the one place where errors become a line and an exit status.

Status: 0 done; 1 the work found a problem it was asked to look for; 2 bad usage or bad input, told in one line.
Results go to standard output, progress and errors to standard error.

A verb's module is imported when the verb is asked for, so that no verb pays for another's libraries.
"""

import gc
import importlib
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from evidermis import __version__
from evidermis.evidence.errors import EvidermisError

# verb -> its module below evidermis.cli; each module holds a typer app called `verb` with one command.
VERBS: dict[str, str] = {
    "review": "review",
    "new": "new",
    "check": "check",
    "status": "status",
    "publish": "publish",
    "diff": "diff",
    "watch": "watch",
    "update": "update",
    "export": "export",
    "explain": "explain",
    "bias": "bias",
    "harvest": "harvest",
    "import": "import_records",
    "search": "search",
    "integrity": "integrity",
    "ingredients": "ingredients",
    "claims": "claims",
    "dossier": "dossier",
    "dedupe": "dedupe",
    "screen": "screen",
    "simulate": "simulate",
    "convert": "convert",
    "read": "read",
    "audit": "audit",
    "train": "train",
    "pool": "pool",
}

# What typer raises for every fault of usage; it names only this kind of it in public.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


class _Verbs(TyperGroup):
    """Loads a verb's module only when that verb runs or its help is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"evidermis.cli.{VERBS[cmd_name]}")
        command = get_command(module.verb)
        command.name = cmd_name
        return command


# Linear algebra on one thread: its matrices here are small, threads that wait for each other cost more than they bring on a busy
# machine, and sums come out the same on any number of cores. Read when numpy loads, which no verb has done yet.
for _threads in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

app = typer.Typer(cls=_Verbs, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"evidermis {__version__}")
        raise typer.Exit


@app.callback()
def evidermis(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Does this skincare claim really work? Living evidence reviews that refuse to over-claim."""


def _usage_told(error: Any) -> str:
    """What is wrong with the words of a command, and where its help stands."""
    path = " ".join(["evidermis", *(word for word in sys.argv[1:2] if word in VERBS)])
    message = " ".join(error.format_message().split()).rstrip(".")
    return f"{message[:1].lower()}{message[1:]}; see `{path} --help`"


def main() -> None:
    """Run the command line; anything the user can mend ends as one line on standard error and status 2."""
    # A verb makes many small values at once and hardly a cycle; walking them over and over would cost a tenth of its time.
    gc.set_threshold(100_000)
    try:
        # A verb returns nothing, and the status it ends early with comes back as a number.
        sys.exit(app(sys.argv[1:] or ["--help"], prog_name="evidermis", standalone_mode=False) or 0)
    except _UsageError as error:
        typer.echo(f"evidermis: {_usage_told(error)}", err=True)
        sys.exit(2)
    except EvidermisError as error:
        typer.echo(f"evidermis: {' '.join(str(error).split())}", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("evidermis: stopped; nothing was left half written", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        typer.echo(f"evidermis: {place}{error.strerror or error}; check the path, its rights and the disk", err=True)
        sys.exit(2)
