"""Write the tables of docs/risk-of-bias.md anew from the code that judges."""

from pathlib import Path

from evidermis.appraisal.bias import printed_tables

DOCUMENT = Path(__file__).parents[1] / "docs" / "risk-of-bias.md"
MARK = "<!-- written from the code by scripts/write_bias_tables.py; edits below are lost -->\n"

if __name__ == "__main__":
    head = DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0]
    DOCUMENT.write_text(f"{head}{MARK}\n{printed_tables()}", encoding="utf-8")
