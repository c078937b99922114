"""The codes of errors, problems, findings of a check, and reasons of a verdict.

A code is stable: a program can compare it, whereas messages may be reworded. The reference lists what each code means.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

__all__ = ["ERROR_CODES", "FINDING_CODES", "REASON_CODES", "Code", "ErrorCode", "FindingCode", "ReasonCode"]

ErrorCode = Literal[
    "aql-needs-nonconformities",
    "bad-aql",
    "bad-csv",
    "bad-document",
    "bad-encoding",
    "bad-file",
    "bad-folder",
    "bad-log",
    "bad-lot-size",
    "bad-row",
    "bad-syntax",
    "bad-table",
    "bad-value",
    "count-above-inspected",
    "discontinued",
    "error",
    "file-exists",
    "missing-extra",
    "missing-key",
    "missing-value",
    "mixed-counts",
    "mixed-forms",
    "no-column",
    "no-columns",
    "no-file",
    "no-findings",
    "no-lot-size",
    "no-plan",
    "no-sample",
    "no-sheet",
    "no-stage",
    "no-switching",
    "no-term",
    "no-value",
    "not-discontinued",
    "not-offered",
    "not-written",
    "other-class",
    "other-document",
    "other-edition",
    "other-file",
    "other-lot",
    "other-order",
    "other-severity",
    "other-unit",
    "other-verdict",
    "other-version",
    "out-of-order",
    "too-many-states",
    "two-columns",
    "two-logs",
    "unknown-aql",
    "unknown-class",
    "unknown-column",
    "unknown-key",
    "unknown-name",
    "unknown-term",
    "unknown-word",
    "unverified",
]
"""Code of an error, or of a problem in a document or log."""
ERROR_CODES: tuple[ErrorCode, ...] = get_args(ErrorCode)  #: The same words as a tuple.

FindingCode = Literal[
    "above-cover",
    "ac-alone",
    "aql-needs-nonconformities",
    "bad-amount",
    "bad-guard",
    "bad-rounding",
    "bad-share",
    "bad-tolerance",
    "class-for-the-lot",
    "class-order",
    "edition-by-letter",
    "effect-on-items",
    "empty-range",
    "kind-contradicts-measure",
    "letter-with-stages",
    "level-without-aql",
    "line-for-the-lot",
    "no-class",
    "no-classes",
    "no-colour",
    "no-currency",
    "no-illuminant",
    "no-nominal",
    "no-plan",
    "no-quantity",
    "no-shipment-date",
    "no-terms",
    "no-tolerance",
    "no-unit",
    "not-applicable-alone",
    "repeated-name",
    "standard-name",
    "text-case-alone",
    "text-contradicts-measure",
    "two-kinds-of-limit",
    "two-plans",
    "unknown-aql",
    "unknown-class",
    "unmeasurable",
    "vague-words",
]
"""Code of a finding of `aql.check`."""
FINDING_CODES: tuple[FindingCode, ...] = get_args(FindingCode)  #: The same words as a tuple.

ReasonCode = Literal[
    "count",
    "further-sample",
    "inspected-not-stated",
    "lot-above-order",
    "missing-readings",
    "normal-due",
    "not-applicable",
    "outside-samples",
    "per-hundred-items",
    "sample-incomplete",
    "samples-differ",
    "second-reading",
    "taken-as",
    "too-near",
    "undecided",
    "unlisted",
]
"""Code of a reason or note of a verdict."""
REASON_CODES: tuple[ReasonCode, ...] = get_args(ReasonCode)  #: The same words as a tuple.

Code: TypeAlias = ErrorCode | FindingCode
"""Any of them: scoring reports the errors of a check as problems of the contract, with their codes."""
