"""A registration of our own making in ClinicalTrials.gov's form, for the tests of reading."""

from copy import deepcopy

STATUS = {
    "overallStatus": "COMPLETED",
    "startDateStruct": {"date": "2021-03", "type": "ACTUAL"},
    "primaryCompletionDateStruct": {"date": "2022-01-31", "type": "ACTUAL"},
    "completionDateStruct": {"date": "2022-02-28", "type": "ACTUAL"},
    "studyFirstSubmitDate": "2021-02-11",
    "lastUpdateSubmitDate": "2022-03-04",
}
ENTRY = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT09990001", "briefTitle": "Serum Against Dark Spots"},
        "statusModule": STATUS,
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "A Clinic", "class": "OTHER"}},
        "descriptionModule": {"briefSummary": "Adults with dark spots apply one of two serums."},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2"],
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"]},
            },
            "enrollmentInfo": {"count": 48, "type": "ACTUAL"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {
                    "label": "Serum",
                    "type": "EXPERIMENTAL",
                    "description": "5 mg/mL twice daily",
                    "interventionNames": ["Drug: Vesicle serum"],
                },
                {"label": "Base", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Base"]},
            ],
            "interventions": [
                {"type": "DRUG", "name": "Vesicle serum", "description": "vesicles of umbilical cord cells"}
            ],
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": "Melanin index", "timeFrame": "8 weeks"}],
            "secondaryOutcomes": [{"measure": "Roughness", "timeFrame": "8 weeks"}],
        },
        "eligibilityModule": {"eligibilityCriteria": "Fitzpatrick skin type III or IV", "sex": "FEMALE"},
    },
    "derivedSection": {"miscInfoModule": {"versionHolder": "2023-06-01"}},
    "hasResults": False,
}
GROUPS = [{"id": "OG000", "title": "Serum"}, {"id": "OG001", "title": "Base"}]
RESULTS = {
    "participantFlowModule": {
        "groups": [{"id": "FG000", "title": "Serum"}, {"id": "FG001", "title": "Base"}],
        "periods": [
            {
                "milestones": [
                    {
                        "type": "STARTED",
                        "achievements": [
                            {"groupId": "FG000", "numSubjects": "25"},
                            {"groupId": "FG001", "numSubjects": "23"},
                        ],
                    }
                ]
            }
        ],
    },
    "outcomeMeasuresModule": {
        "outcomeMeasures": [
            {
                "type": "PRIMARY",
                "title": "Melanin index",
                "timeFrame": "8 weeks",
                "paramType": "MEAN",
                "dispersionType": "Standard Deviation",
                "unitOfMeasure": "index points",
                "groups": GROUPS,
                "denoms": [
                    {
                        "units": "Participants",
                        "counts": [{"groupId": "OG000", "value": "24"}, {"groupId": "OG001", "value": "22"}],
                    }
                ],
                "classes": [
                    {
                        "categories": [
                            {
                                "measurements": [
                                    {"groupId": "OG000", "value": "181.2", "spread": "14.5"},
                                    {"groupId": "OG001", "value": "NA"},
                                ]
                            }
                        ]
                    }
                ],
                "analyses": [
                    {
                        "groupIds": ["OG000", "OG001"],
                        "pValue": "<0.05",
                        "statisticalMethod": "t-test",
                        "paramType": "Mean Difference",
                        "paramValue": "-9.1",
                        "ciPctValue": "95",
                        "ciLowerLimit": "-16.0",
                        "ciUpperLimit": "-2.2",
                    }
                ],
            }
        ]
    },
}


def entry(**modules: dict) -> dict:
    """The registration with parts of its modules replaced."""
    made = deepcopy(ENTRY)
    for module, changes in modules.items():
        made["protocolSection"].setdefault(module, {}).update(changes)
    return made
