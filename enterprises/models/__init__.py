"""Who takes part, and what they do."""

from enterprises.models.certificates import Certificate, CertificateSuspension, Surveillance
from enterprises.models.dossiers import Dossier, ReviewerConflict
from enterprises.models.enterprises import (
    Contact,
    Enterprise,
    EnterpriseFigures,
    EnterpriseTaxCode,
)
from enterprises.models.nominations import Nomination, NominationBatch, NominationStep
from enterprises.models.productivity import (
    AwardEntry,
    ImprovementTool,
    ModelRecognition,
    NetworkMembership,
    ProductivityCoefficients,
    ProductivityProject,
    ProductivityYear,
    ToolAdoption,
)
from enterprises.models.products import KeyListEntry, Product, Standard, StandardDeclaration
from enterprises.models.rounds import NominationRound, RoundExtension, RoundTask
from enterprises.models.support_cases import SupportCase, SupportMilestone, SupportStep
from enterprises.models.support_rules import SupportRule
from enterprises.models.thresholds import SizeThreshold

__all__ = [
    "AwardEntry",
    "Certificate",
    "CertificateSuspension",
    "Contact",
    "Dossier",
    "Enterprise",
    "EnterpriseFigures",
    "EnterpriseTaxCode",
    "ImprovementTool",
    "KeyListEntry",
    "ModelRecognition",
    "NetworkMembership",
    "Nomination",
    "NominationBatch",
    "NominationRound",
    "NominationStep",
    "Product",
    "ProductivityCoefficients",
    "ProductivityProject",
    "ProductivityYear",
    "ReviewerConflict",
    "RoundExtension",
    "RoundTask",
    "SizeThreshold",
    "Standard",
    "StandardDeclaration",
    "SupportCase",
    "SupportMilestone",
    "SupportRule",
    "SupportStep",
    "Surveillance",
    "ToolAdoption",
]
