"""Nothing that a RIS entry says is dropped in silence."""

from evidermis.evidence.record import Record
from evidermis.formats import read


def test_values_without_a_place_stay_as_notes() -> None:
    entry = "TY  - THES\nTI  - One\nAD  - A street in Seoul\nCY  - Seoul\nET  - 2nd\nER  - \n"
    (record,) = read(entry.encode())
    assert isinstance(record, Record)
    for value in ("AD: A street in Seoul", "CY: Seoul", "ET: 2nd"):
        assert value in record.notes
