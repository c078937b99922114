"""Claims under an order: rule sets as sourced documents, grounds, cover, evidence, clock and settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.assurance.assessing import assess_claim as assess_claim
    from aql.assurance.assessment import ClaimAssessment as ClaimAssessment
    from aql.assurance.claim_choices import ACCEPTANCES as ACCEPTANCES
    from aql.assurance.claim_choices import COMPLAINT_KINDS as COMPLAINT_KINDS
    from aql.assurance.claim_choices import EVENT_KINDS as EVENT_KINDS
    from aql.assurance.claim_choices import ORDER_KINDS as ORDER_KINDS
    from aql.assurance.claim_choices import PAYING_METHODS as PAYING_METHODS
    from aql.assurance.claim_choices import STANDARD_PLACES as STANDARD_PLACES
    from aql.assurance.claim_facts import ClaimFacts as ClaimFacts
    from aql.assurance.claim_facts import Complaint as Complaint
    from aql.assurance.claim_facts import Event as Event
    from aql.assurance.claim_facts import EvidenceItem as EvidenceItem
    from aql.assurance.claim_facts import OrderFacts as OrderFacts
    from aql.assurance.claim_facts import Payment as Payment
    from aql.assurance.cover import CoverAnswer as CoverAnswer
    from aql.assurance.cover import Uncovered as Uncovered
    from aql.assurance.deadline import DEADLINE_CODES as DEADLINE_CODES
    from aql.assurance.deadline import Deadline as Deadline
    from aql.assurance.deadline import OtherDay as OtherDay
    from aql.assurance.dispute import DISPUTE_STATES as DISPUTE_STATES
    from aql.assurance.dispute import DISPUTE_STEPS as DISPUTE_STEPS
    from aql.assurance.dispute import Dispute as Dispute
    from aql.assurance.dispute_clock import Clock as Clock
    from aql.assurance.draft import ClaimDraft as ClaimDraft
    from aql.assurance.draft import claim_draft as claim_draft
    from aql.assurance.entry import Conflict as Conflict
    from aql.assurance.entry import Entry as Entry
    from aql.assurance.entry import RuleSource as RuleSource
    from aql.assurance.evidence import EvidenceCheck as EvidenceCheck
    from aql.assurance.grounds import Ground as Ground
    from aql.assurance.grounds import Reasoned as Reasoned
    from aql.assurance.keys import EVIDENCE_KINDS as EVIDENCE_KINDS
    from aql.assurance.keys import KEYS as KEYS
    from aql.assurance.ledger import LedgerLine as LedgerLine
    from aql.assurance.money import Money as Money
    from aql.assurance.partial_refund import METHODS as METHODS
    from aql.assurance.paying import PayingCost as PayingCost
    from aql.assurance.paying import fee_crossover as fee_crossover
    from aql.assurance.paying import largest_payment as largest_payment
    from aql.assurance.paying import paying_costs as paying_costs
    from aql.assurance.paying import paying_fee as paying_fee
    from aql.assurance.reasons import REASONS as REASONS
    from aql.assurance.rule_sets import RULE_SETS as RULE_SETS
    from aql.assurance.rule_sets import Period as Period
    from aql.assurance.rule_sets import RuleSet as RuleSet
    from aql.assurance.rule_sets import choose_rules as choose_rules
    from aql.assurance.rule_sets import load_rules as load_rules
    from aql.assurance.settlement import OUTCOMES as OUTCOMES
    from aql.assurance.settlement import Settlement as Settlement
    from aql.assurance.settlement import settle as settle
    from aql.assurance.working_days import after_working_days as after_working_days
    from aql.assurance.working_days import holidays_of as holidays_of
    from aql.assurance.worth import LineChance as LineChance
    from aql.assurance.worth import Worth as Worth
    from aql.assurance.worth import worth_opening as worth_opening
    from aql.assurance.worth_by_quality import worth_curve as worth_curve
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.assurance.assessing": ["assess_claim"],
            "aql.assurance.assessment": ["ClaimAssessment"],
            "aql.assurance.claim_choices": [
                "ACCEPTANCES",
                "COMPLAINT_KINDS",
                "EVENT_KINDS",
                "ORDER_KINDS",
                "PAYING_METHODS",
                "STANDARD_PLACES",
            ],
            "aql.assurance.claim_facts": [
                "ClaimFacts",
                "Complaint",
                "Event",
                "EvidenceItem",
                "OrderFacts",
                "Payment",
            ],
            "aql.assurance.dispute_clock": ["Clock"],
            "aql.assurance.cover": ["CoverAnswer", "Uncovered"],
            "aql.assurance.deadline": ["DEADLINE_CODES", "Deadline", "OtherDay"],
            "aql.assurance.dispute": ["DISPUTE_STATES", "DISPUTE_STEPS", "Dispute"],
            "aql.assurance.draft": ["ClaimDraft", "claim_draft"],
            "aql.assurance.entry": ["Conflict", "Entry", "RuleSource"],
            "aql.assurance.evidence": ["EvidenceCheck"],
            "aql.assurance.grounds": ["Ground", "Reasoned"],
            "aql.assurance.keys": ["EVIDENCE_KINDS", "KEYS"],
            "aql.assurance.money": ["Money"],
            "aql.assurance.paying": [
                "PayingCost",
                "fee_crossover",
                "largest_payment",
                "paying_costs",
                "paying_fee",
            ],
            "aql.assurance.reasons": ["REASONS"],
            "aql.assurance.rule_sets": ["RULE_SETS", "Period", "RuleSet", "choose_rules", "load_rules"],
            "aql.assurance.ledger": ["LedgerLine"],
            "aql.assurance.partial_refund": ["METHODS"],
            "aql.assurance.settlement": ["OUTCOMES", "Settlement", "settle"],
            "aql.assurance.working_days": ["after_working_days", "holidays_of"],
            "aql.assurance.worth": ["LineChance", "Worth", "worth_opening"],
            "aql.assurance.worth_by_quality": ["worth_curve"],
        },
    )
