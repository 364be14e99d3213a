"""The addresses of support cases and of the rules of support."""

from django.urls import path

from enterprises.views import support_cases as cases
from enterprises.views import support_rules as rules

ONE = "ho-tro/<int:pk>"
MILESTONE = f"{ONE}/moc/<int:milestone_pk>"
RULE = "quy-dinh-ho-tro/<int:pk>"

urlpatterns = [
    path("ho-tro/", cases.support_case_list, name="support_case_list"),
    path(f"{ONE}/", cases.support_case_detail, name="support_case_detail"),
    path(
        f"{ONE}/nghiem-thu/",
        cases.support_case_acceptance_propose,
        name="support_case_acceptance_propose",
    ),
    *(
        path(f"{ONE}/{words.slug}/", cases.named(act), name=f"support_case_{act}")
        for act, words in cases.STEPS.items()
    ),
    path(f"{ONE}/moc/", cases.support_milestone_add, name="support_milestone_add"),
    path(f"{MILESTONE}/xong/", cases.support_milestone_done, name="support_milestone_done"),
    path(f"{MILESTONE}/bo/", cases.support_milestone_void, name="support_milestone_void"),
    path("quy-dinh-ho-tro/", rules.support_rule_list, name="support_rule_list"),
    path("quy-dinh-ho-tro/them/", rules.support_rule_add, name="support_rule_add"),
    path(f"{RULE}/duyet/", rules.support_rule_approve, name="support_rule_approve"),
    path(f"{RULE}/tra-lai/", rules.support_rule_return, name="support_rule_return"),
    path(f"{RULE}/ket-thuc/", rules.support_rule_end, name="support_rule_end"),
    path(f"{RULE}/huy/", rules.support_rule_void, name="support_rule_void"),
]
