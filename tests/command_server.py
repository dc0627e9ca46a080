"""Reads one command a line, runs it in a forked child, and answers with its exit status (see `commands`)."""

import gc
import importlib
import json
import os
import sys
import traceback
from typing import NoReturn

from evidermis.cli.app import VERBS, main

# What verbs load only where they come to need it, and nearly every test does.
_LATER = ("lxml.etree", "scipy.stats", "tantivy")


def serve() -> None:
    """Answer until standard input ends."""
    for module in VERBS.values():
        importlib.import_module(f"evidermis.cli.{module}")
    for module in _LATER:
        try:
            importlib.import_module(module)
        except ImportError:
            continue
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            _run(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(asked: dict[str, object]) -> NoReturn:
    """Be the command: nothing of the parent but its loaded modules is left."""
    status: object = 1
    try:
        os.chdir(str(asked["cwd"]))
        os.environ.clear()
        os.environ.update(asked["environment"])
        told, complained = asked["streams"]
        for number, name in enumerate((os.devnull, told, complained)):
            handle = os.open(name, os.O_RDWR | os.O_CREAT)
            os.dup2(handle, number)
            os.close(handle)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate(("r", "w", "w"))
        )
        sys.argv = ["evidermis", *asked["words"]]
        main()
        status = 0
    except SystemExit as end:
        status = end.code
    except BaseException:  # noqa: BLE001 - as the interpreter does with what nobody caught
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status if isinstance(status, int) else 0 if status is None else 1)


if __name__ == "__main__":
    serve()
