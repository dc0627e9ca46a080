"""The flow's picture and table tell the same numbers, and never more than is known of where records came from."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.protocol import Exclusion, Flow
from evidermis.publishing.prisma import flow_faults, prisma_picture, prisma_table


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """A flow that adds up, with or without registers told apart."""
    identified = draw(st.integers(0, 10_000))
    registers = draw(st.one_of(st.none(), st.integers(0, identified)))
    duplicates = draw(st.integers(0, identified))
    screened = identified - duplicates
    excluded = draw(st.integers(0, screened))
    out = draw(st.integers(0, screened - excluded))
    reports = screened - excluded - out
    why = draw(st.text(min_size=1, max_size=20))
    return Flow(
        identified=identified,
        registers=registers,
        duplicates=duplicates,
        screened=screened,
        excluded=excluded,
        sought=screened - excluded,
        assessed=screened - excluded,
        exclusions=(Exclusion(reason=why, n=out),) if out else (),
        included_reports=reports,
        included_studies=draw(st.integers(0, reports)),
    )


def told(table: bytes) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(table.decode("utf-8")))
    return {row["data"]: row["n"] for row in rows if row["data"] != "NA"}


@given(flows())
def test_databases_and_registers_make_up_what_was_identified(flow: Flow) -> None:
    numbers = told(prisma_table(flow))
    assert flow_faults(flow) == ()
    assert int(numbers["database_results"]) + int(numbers["register_results"]) == flow.identified
    assert ("Not told apart" in numbers["register_specific_results"]) == (flow.registers is None)
    assert ("in registers" in prisma_picture(flow).text) == (flow.registers is not None)


@given(flows(), flows())
def test_new_studies_and_those_of_the_version_before_make_up_the_total(flow: Flow, before: Flow) -> None:
    numbers = told(prisma_table(flow, before))
    assert int(numbers["new_studies"]) + int(numbers["previous_studies"]) == int(numbers["total_studies"])
    assert int(numbers["total_studies"]) == flow.included_studies


def test_more_from_registers_than_were_identified_is_a_fault() -> None:
    flow = Flow(
        identified=1, registers=2, screened=1, excluded=1, sought=0, assessed=0, included_reports=0, included_studies=0
    )
    assert flow_faults(flow) == ("registers is 2, but only 1 records were identified",)
