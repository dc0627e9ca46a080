"""One key at a time from a terminal, and a line where more is to be said."""

import os
import select
import sys
from collections.abc import Generator
from contextlib import contextmanager

import click

from evidermis.evidence.errors import BadInput

__all__ = ["Keys", "one_key_at_a_time", "require_terminal"]

# The bytes of one arrow key come closer together than this; a person does not.
_SEQUENCE_SECONDS = 0.02


def require_terminal(instead: str) -> None:
    """`BadInput` where nobody can press a key; `instead` says what to do without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput("screening by keys needs a terminal", mend=instead)


class Keys:
    """What a person presses. Keys pressed ahead are kept in order: none is lost while a record is being looked for."""

    def next(self) -> str:
        """The next key, in lower case; the end of input is `q`."""
        try:
            return click.getchar().lower() or "q"
        except EOFError:
            return "q"

    def line(self, prompt: str) -> str:
        """A line of text; empty where the person only pressed return, or gave up."""
        try:
            return input(prompt).strip()
        except (EOFError, KeyboardInterrupt):
            return ""


class _TerminalKeys(Keys):
    """Keys of a terminal whose mode was set once for the whole sitting: setting it for each key would drop what came before."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def next(self) -> str:
        """See `Keys`. What a key like an arrow sends is read as one key that means nothing."""
        found = os.read(self._handle, 1)
        while found.startswith(b"\x1b") and select.select([self._handle], [], [], _SEQUENCE_SECONDS)[0]:
            found += os.read(self._handle, 1)
        return found.decode(errors="replace").lower() or "q"

    def line(self, prompt: str) -> str:
        """See `Keys`. The letters are shown as they come; the backspace key takes one back, the escape key all."""
        sys.stdout.write(prompt)
        typed = b""
        while True:
            sys.stdout.flush()
            match os.read(self._handle, 1):
                case b"\r" | b"\n":
                    break
                case b"" | b"\x03" | b"\x04" | b"\x1b":
                    typed = b""
                    break
                case b"\x7f" | b"\x08":
                    typed = typed.decode(errors="ignore")[:-1].encode()
                case one:
                    typed += one
            sys.stdout.write(f"\r\x1b[K{prompt}{typed.decode(errors='ignore')}")
        sys.stdout.write("\n")
        return "".join(one for one in typed.decode(errors="ignore") if one.isprintable()).strip()


@contextmanager
def one_key_at_a_time() -> Generator[Keys]:
    """Keys without return and without echo for as long as the block lasts; afterwards the terminal is as it was."""
    if sys.platform == "win32":
        yield Keys()
        return
    import termios
    import tty

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSANOW)
        yield _TerminalKeys(handle)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
