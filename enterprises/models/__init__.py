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
    "Standard",
    "StandardDeclaration",
    "Surveillance",
    "ToolAdoption",
]
