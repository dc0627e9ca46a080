"""The command line: one verb a module.

A verb parses its words, calls the room that knows, and prints; it has no logic of its own.
"""

from evidermis.cli.app import app, main

__all__ = ["app", "main"]
