"""Who takes part, and what they do."""

from enterprises.models.certificates import Certificate, CertificateSuspension, Surveillance
from enterprises.models.enterprises import (
    Contact,
    Enterprise,
    EnterpriseFigures,
    EnterpriseTaxCode,
)
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
from enterprises.models.thresholds import SizeThreshold

__all__ = [
    "AwardEntry",
    "Certificate",
    "CertificateSuspension",
    "Contact",
    "Enterprise",
    "EnterpriseFigures",
    "EnterpriseTaxCode",
    "ImprovementTool",
    "KeyListEntry",
    "ModelRecognition",
    "NetworkMembership",
    "Product",
    "ProductivityCoefficients",
    "ProductivityProject",
    "ProductivityYear",
    "SizeThreshold",
    "Standard",
    "StandardDeclaration",
    "Surveillance",
    "ToolAdoption",
]
