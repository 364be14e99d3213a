"""Addresses of the room ``enterprises``."""

from django.urls import path

from enterprises import nomination_urls, record_urls, support_urls
from enterprises.views import contacts, enterprises, merge, thresholds

urlpatterns = [
    path("doanh-nghiep/", enterprises.enterprise_list, name="enterprise_list"),
    path("doanh-nghiep/them/", enterprises.enterprise_create, name="enterprise_create"),
    path("doanh-nghiep/tra-cuu/", enterprises.enterprise_lookup, name="enterprise_lookup"),
    path(
        "doanh-nghiep/nguong-quy-mo/",
        thresholds.size_threshold_list,
        name="size_threshold_list",
    ),
    path(
        "doanh-nghiep/nguong-quy-mo/them/",
        thresholds.size_threshold_add,
        name="size_threshold_add",
    ),
    path(
        "doanh-nghiep/nguong-quy-mo/<int:pk>/phe-duyet/",
        thresholds.size_threshold_approve,
        name="size_threshold_approve",
    ),
    path(
        "doanh-nghiep/nguong-quy-mo/<int:pk>/huy-bo/",
        thresholds.size_threshold_void,
        name="size_threshold_void",
    ),
    path("doanh-nghiep/<int:pk>/", enterprises.enterprise_detail, name="enterprise_detail"),
    path("doanh-nghiep/<int:pk>/sua/", enterprises.enterprise_edit, name="enterprise_edit"),
    path(
        "doanh-nghiep/<int:pk>/doi-ma-so-thue/",
        enterprises.enterprise_change_tax_code,
        name="enterprise_change_tax_code",
    ),
    path("doanh-nghiep/<int:pk>/cham-dut/", enterprises.enterprise_end, name="enterprise_end"),
    path(
        "doanh-nghiep/<int:pk>/xac-minh/", enterprises.enterprise_verify, name="enterprise_verify"
    ),
    path("doanh-nghiep/<int:pk>/gop/", merge.enterprise_merge, name="enterprise_merge"),
    path("doanh-nghiep/<int:pk>/lien-he/them/", contacts.contact_add, name="contact_add"),
    path(
        "doanh-nghiep/<int:pk>/lien-he/<int:contact_pk>/sua/",
        contacts.contact_edit,
        name="contact_edit",
    ),
    path(
        "doanh-nghiep/<int:pk>/lien-he/<int:contact_pk>/bo/",
        contacts.contact_void,
        name="contact_void",
    ),
    *record_urls.urlpatterns,
    *nomination_urls.urlpatterns,
    *support_urls.urlpatterns,
]
