"""ClinicalTrials.gov: studies of its API version 2, one a file, a page of the service, a list, or JSON lines.

The older `FullStudiesResponse` has the same modules under capital letters and is read through the same path.
Field names: ClinicalTrials.gov, "Study Data Structure" (API 2.0).
"""

from collections.abc import Iterator
from typing import cast

from evidermis.evidence.record import Author, Heading, Identifier, Record, Section
from evidermis.formats.dates import year_of
from evidermis.formats.identifiers import registrations_in
from evidermis.formats.json_entries import Json, entries_of, listed, texts_in
from evidermis.formats.lines import Chunks
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_ctgov", "studies_of", "study_record"]


def read_ctgov(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every study in its order, as a record of kind `registration`."""
    for number, line, entry in entries_of(chunks, name, ("studies",)):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        for study in studies_of(entry):
            yield study_record(study) or Unreadable(name, number, line, "the study has neither a number nor a title")


def studies_of(entry: Json) -> list[Json]:
    """The studies that an entry of an answer holds, those of the older form under the newer names."""
    # One version out of a registration's history is wrapped once.
    if "protocolSection" not in entry and "protocolSection" in (version := _object(entry.get("study"))):
        entry = version
    response = _object(entry.get("FullStudiesResponse"))
    wrapped = [_object(found) for found in listed(response.get("FullStudies"))]
    old = [cast("Json", _modern(_object(found.get("Study")))) for found in wrapped]
    return old or [cast("Json", _modern(entry)) if "ProtocolSection" in entry else entry]


def _object(value: object) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}


def _modern(value: object, depth: int = 0) -> object:
    """Old names as the new ones: `BriefTitle` as `briefTitle`, `{"ConditionList": {"Condition": […]}}` as a list."""
    if isinstance(value, list):
        return [_modern(item, depth + 1) for item in cast("list[object]", value)]
    if not isinstance(value, dict) or depth > 60:
        return cast("object", value)
    made: Json = {}
    for key, held in cast("Json", value).items():
        name = "nctId" if key == "NCTId" else key[:1].lower() + key[1:]
        inner = _object(held)
        if key.endswith("List") and len(inner) == 1:
            made[_PLURALS.get(key, name)] = _modern(next(iter(inner.values())), depth + 1)
        else:
            made[name] = _modern(held, depth + 1)
    return made


_PLURALS = {"ConditionList": "conditions", "KeywordList": "keywords", "InterventionList": "interventions",
            "SecondaryIdInfoList": "secondaryIdInfos", "OverallOfficialList": "overallOfficials", "PhaseList": "phases",
            "ConditionMeshList": "meshes", "InterventionMeshList": "meshes", "CollaboratorList": "collaborators"}  # fmt: skip
_OLD_NAMES = {"name": ("leadSponsorName", "interventionName", "overallOfficialName", "collaboratorName"),
              "term": ("conditionMeshTerm", "interventionMeshTerm"), "id": ("secondaryId",),
              "affiliation": ("overallOfficialAffiliation",), "date": ("startDate", "studyFirstPostDate")}  # fmt: skip


def _text(held: Json, key: str) -> str:
    keys = (key, *_OLD_NAMES.get(key, ()))
    return next((found[0].strip() for name in keys if (found := texts_in(held.get(name)))), "")


def study_record(study: Json) -> Record | None:
    """The record of one study; None where it has neither a number nor a title."""
    protocol = _object(study.get("protocolSection"))
    module = {key: _object(value) for key, value in protocol.items()}
    nothing: Json = {}
    named = module.get("identificationModule", nothing)
    status = module.get("statusModule", nothing)
    told = module.get("descriptionModule", nothing)
    design = module.get("designModule", nothing)
    number = _text(named, "nctId")
    title = _text(named, "officialTitle") or _text(named, "briefTitle")
    if not number and not title:
        return None
    date = _text(_object(status.get("startDateStruct")), "date") or _text(status, "studyFirstSubmitDate")
    return Record(
        title=title,
        source="clinicaltrials.gov",
        source_id=number,
        kind="registration",
        authors=_people(module),
        journal="ClinicalTrials.gov",
        year=year_of(date),
        date=date if date[:4].isdigit() else str(year_of(date) or ""),
        abstract=tuple(
            Section(text, label)
            for label, text in (
                ("Brief summary", _text(told, "briefSummary")),
                ("Detailed description", _text(told, "detailedDescription")),
            )
            if text
        ),
        identifiers=(Identifier("nct", number),) if number else (),
        publication_types=tuple(t for t in (_text(design, "studyType"), *texts_in(design.get("phases"))) if t),
        headings=tuple(dict.fromkeys(_headings(_object(study.get("derivedSection"))))),
        substances=tuple(
            name
            for held in listed(module.get("armsInterventionsModule", nothing).get("interventions"))
            if (name := _text(_object(held), "name"))
        ),
        keywords=tuple(
            text
            for key in ("conditions", "keywords")
            for text in texts_in(module.get("conditionsModule", nothing).get(key))
        ),
        registrations=_numbers(named, number),
        funding=_sponsors(module.get("sponsorCollaboratorsModule", nothing)),
        url=f"https://clinicaltrials.gov/study/{number}" if number else "",
        notes=(*_notes(status, design, named), *_results(module.get("referencesModule", nothing))),
    )


def _sponsors(module: Json) -> tuple[str, ...]:
    held = [module.get("leadSponsor"), *listed(module.get("collaborators"))]
    return tuple(name for sponsor in held if (name := _text(_object(sponsor), "name")))


def _people(module: dict[str, Json]) -> tuple[Author, ...]:
    nothing: Json = {}
    officials = [_object(o) for o in listed(module.get("contactsLocationsModule", nothing).get("overallOfficials"))]
    return tuple(
        Author(name, affiliations=(place,) if (place := _text(held, "affiliation")) else ())
        for held in officials
        if (name := _text(held, "name"))
    )


def _headings(derived: Json) -> list[Heading]:
    meshes = [
        _object(mesh)
        for key in ("conditionBrowseModule", "interventionBrowseModule")
        for mesh in listed(_object(derived.get(key)).get("meshes"))
    ]
    return [Heading(term) for mesh in meshes if (term := _text(mesh, "term"))]


def _numbers(named: Json, number: str) -> tuple[str, ...]:
    others = [_text(_object(held), "id") for held in listed(named.get("secondaryIdInfos"))]
    aliases = texts_in(named.get("nctIdAliases"))
    return tuple(dict.fromkeys(n for n in (number, *aliases, *registrations_in(*others)) if n))


def _results(module: Json) -> tuple[str, ...]:
    """The articles that the registration, or the register's own search, names as its results; background is not kept."""
    told = [_object(held) for held in listed(module.get("references"))]
    return tuple(
        f"Results in: {_text(one, 'citation')[:300]} PMID: {_text(one, 'pmid')}"
        for one in told
        if _text(one, "type") in ("RESULT", "DERIVED") and _text(one, "pmid").isdigit()
    )


def _notes(status: Json, design: Json, named: Json) -> tuple[str, ...]:
    count = _text(_object(design.get("enrollmentInfo")), "count")
    brief = _text(named, "briefTitle")
    pairs = (
        ("Status", _text(status, "overallStatus")),
        ("Enrolment", f"{count} {_text(_object(design.get('enrollmentInfo')), 'type')}".strip() if count else ""),
        ("Brief title", brief if _text(named, "officialTitle") else ""),
        ("Acronym", _text(named, "acronym")),
        ("Own number", _text(_object(named.get("orgStudyIdInfo")), "id")),
    )
    return tuple(f"{name}: {text}" for name, text in pairs if text)
