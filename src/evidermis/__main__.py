"""``python -m evidermis`` is the command line."""

from evidermis.cli import main

main()
