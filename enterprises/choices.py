"""Closed lists of the room ``enterprises``; what stays open are tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import OrganisationKind

# The organisations that may manage an enterprise.
MANAGING_KINDS = (OrganisationKind.DOST, OrganisationKind.DEPARTMENT)


class EnterpriseKind(models.TextChoices):
    """What kind of body takes part."""

    ENTERPRISE = "enterprise", _("Enterprise")
    COOPERATIVE = "cooperative", _("Cooperative")
    HOUSEHOLD = "household", _("Household business")


class EnterpriseState(models.TextChoices):
    """How an enterprise stands at a day."""

    EXISTING = "existing", _("Existing")
    ENDED = "ended", _("Ended")
    UNVERIFIED = "unverified", _("Not verified yet")
    MERGED = "merged", _("Merged into another")


class SizeClass(models.TextChoices):
    """The size of an enterprise (Nghị định 80/2021/NĐ-CP, điều 5)."""

    MICRO = "micro", _("Micro")
    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium")
    LARGE = "large", _("Above medium")


class StandardKind(models.TextChoices):
    """What kind of document a product is declared to conform with."""

    TCVN = "tcvn", _("National standard (TCVN)")
    QCVN = "qcvn", _("National technical regulation (QCVN)")
    REGIONAL = "regional", _("Regional standard")
    FOREIGN = "foreign", _("Foreign standard")
    TCCS = "tccs", _("Enterprise standard (TCCS)")


class StandardStatus(models.TextChoices):
    """Whether a standard is in force."""

    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Scheme(models.TextChoices):
    """What a certificate certifies; any other scheme is OTHER with its name."""

    ISO_9001 = "iso_9001", _("ISO 9001")
    ISO_14001 = "iso_14001", _("ISO 14001")
    ISO_22000 = "iso_22000", _("ISO 22000")
    HACCP = "haccp", _("HACCP")
    ISO_45001 = "iso_45001", _("ISO 45001")
    IATF_16949 = "iatf_16949", _("IATF 16949")
    ISO_27001 = "iso_27001", _("ISO/IEC 27001")
    ISO_17025 = "iso_17025", _("ISO/IEC 17025")
    STANDARD = "standard", _("Conformity with a standard")
    REGULATION = "regulation", _("Conformity with a technical regulation")
    FOREIGN = "foreign", _("Foreign standard")
    OTHER = "other", _("Other scheme")


# ISO/IEC 17025 is accreditation of a laboratory, not a certified management system.
MANAGEMENT_SYSTEMS = (
    Scheme.ISO_9001,
    Scheme.ISO_14001,
    Scheme.ISO_22000,
    Scheme.HACCP,
    Scheme.ISO_45001,
    Scheme.IATF_16949,
    Scheme.ISO_27001,
)
# Certified for one product each.
PRODUCT_SCHEMES = (Scheme.STANDARD, Scheme.REGULATION)


class CertificateState(models.TextChoices):
    """What a certificate is on a day."""

    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "Withdrawn")
    UPCOMING = "upcoming", _("Not issued yet")


class ProposedAct(models.TextChoices):
    """What is proposed to be done with an entry that counts already."""

    EDIT = "edit", _("Correction")
    END = "end", _("End")
    VOID = "void", _("Voiding")


class ApprovalState(models.TextChoices):
    """Where an entry stands between the person who prepares it and the one who approves it."""

    NEW = "new", _("New, waiting for approval")
    NEW_RETURNED = "new_returned", _("New, returned")
    APPROVED = "approved", _("Approved")
    CHANGE = "change", _("Change waiting for approval")
    CHANGE_RETURNED = "change_returned", _("Change returned")
    VOIDED = "voided", _("Voided")


class ProjectKind(models.TextChoices):
    """What an enterprise undertakes for its productivity."""

    PROJECT = "project", _("Project")
    PLAN = "plan", _("Plan")


class RecognitionKind(models.TextChoices):
    """As what an enterprise is recognised."""

    COMPREHENSIVE = "comprehensive", _("Comprehensive model enterprise")
    PILOT = "pilot", _("Pilot model")


class SurveillanceResult(models.TextChoices):
    """What a surveillance audit found."""

    KEPT = "kept", _("Certificate kept")
    CORRECTIONS = "corrections", _("Kept after corrections")
    FAILED = "failed", _("Failed")


class ContactKind(models.TextChoices):
    """What a person does for an enterprise."""

    REPRESENTATIVE = "representative", _("Legal representative")
    CONTACT = "contact", _("Contact person")


class RoundState(models.TextChoices):
    """How a nomination round stands on a day."""

    PREPARED = "prepared", _("Being prepared")
    UPCOMING = "upcoming", _("Opens later")
    OPEN = "open", _("Open for nominations")
    OVER = "over", _("Under review")
    CLOSED = "closed", _("Closed")


class NominationState(models.TextChoices):
    """What the nominating organisation has done with a nomination, or was asked to do."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned, to be mended")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn")


class DossierState(models.TextChoices):
    """Where the review of an enterprise for a task stands."""

    WAITING = "waiting", _("Waiting for review")
    RETURNED = "returned", _("Returned, to be mended")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    PROPOSED = "proposed", _("Selection proposed")
    SELECTED = "selected", _("Selected")
    NOT_SELECTED = "not_selected", _("Not selected")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn")


class NominationAct(models.TextChoices):
    """What was done with a nomination or with the dossier on which it lies."""

    SUBMIT = "submit", _("Submitted")
    RESUBMIT = "resubmit", _("Submitted again")
    RETURN = "return", _("Returned")
    WITHDRAW = "withdraw", pgettext_lazy("nomination", "Withdrawn")
    PASS_ON = "pass_on", _("Passed on to another organisation")
    SHORTLIST = "shortlist", _("Shortlisted")
    PROPOSE = "propose", _("Selection proposed")
    TAKE_BACK = "take_back", _("Proposal taken back")
    SELECT = "select", _("Selected")
    REFUSE = "refuse", _("Not selected")
    CONFLICT = "conflict", _("Conflict of interest declared")


class SupportStage(models.IntegerChoices):
    """How far a support case has come; each stage is reached on a day."""

    SELECTED = 1, _("Selected, not agreed")
    AGREED = 2, _("Agreed, not begun")
    IN_PROGRESS = 3, _("In progress")
    ACCEPTED = 4, _("Accepted")
    CLOSED = 5, _("Closed")


class SupportState(models.TextChoices):
    """How a support case stands on a day."""

    SELECTED = "selected", SupportStage.SELECTED.label
    AGREED = "agreed", SupportStage.AGREED.label
    IN_PROGRESS = "in_progress", SupportStage.IN_PROGRESS.label
    ACCEPTED = "accepted", SupportStage.ACCEPTED.label
    CLOSED = "closed", SupportStage.CLOSED.label
    CANCELLED = "cancelled", _("Cancelled")


class SupportAct(models.TextChoices):
    """What was done with a support case."""

    SELECT = "select", _("Selected")
    IMPORT = "import", _("Taken over from the lists of the Department")
    AGREEMENT_PROPOSE = "agreement_propose", _("Agreement proposed")
    AGREEMENT_RETURN = "agreement_return", _("Proposed agreement returned")
    AGREE = "agree", _("Agreed")
    START = "start", _("Begun")
    ACCEPTANCE_PROPOSE = "acceptance_propose", _("Acceptance proposed")
    ACCEPTANCE_RETURN = "acceptance_return", _("Proposed acceptance returned")
    ACCEPT = "accept", _("Accepted")
    CLOSE = "close", _("Closed")
    CANCEL = "cancel", _("Cancelled")
    STEP_BACK = "step_back", _("Last step taken back")
    VOID = "void", _("Voided")
