"""The acts on each kind of record."""

from enterprises import kinds
from enterprises.services import key_lists
from enterprises.services.certificates import CertificateActs, CertificatePartActs
from enterprises.services.records import ProductActs, RecordActs

product = ProductActs(kinds.PRODUCT)
key_list_entry = key_lists.acts
standard_declaration = RecordActs(kinds.DECLARATION)
certificate = CertificateActs(kinds.CERTIFICATE)
certificate_suspension = CertificatePartActs(kinds.SUSPENSION)
surveillance = CertificatePartActs(kinds.SURVEILLANCE)
tool_adoption = RecordActs(kinds.TOOL_ADOPTION)
productivity_project = RecordActs(kinds.PROJECT)
productivity_year = RecordActs(kinds.PRODUCTIVITY_YEAR)
model_recognition = RecordActs(kinds.RECOGNITION)
award_entry = RecordActs(kinds.AWARD_ENTRY)
network_membership = RecordActs(kinds.NETWORK_MEMBERSHIP)
enterprise_figures = RecordActs(kinds.FIGURES)

_by_name: dict[str, RecordActs] = {
    acts.kind.name: acts
    for acts in (
        product, key_list_entry, standard_declaration, certificate, certificate_suspension,
        surveillance, tool_adoption, productivity_project, productivity_year, model_recognition,
        award_entry, network_membership, enterprise_figures,
    )
}  # fmt: skip


def acts_of(kind: kinds.RecordKind) -> RecordActs:
    """Return the acts on a kind of record."""
    return _by_name[kind.name]
