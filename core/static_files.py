"""Static files of libraries that no page of the portal asks for stay where they are."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFilesConfig(StaticFilesConfig):
    """Collects what is used: collecting and compressing the rest takes longer than all of ours."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/*",
        "django_tables2/*",
        # Django's admin asks for the compressed scripts and for Vietnamese.
        "admin/js/vendor/*/jquery.js",
        "admin/js/vendor/*/xregexp.js",
        "admin/js/vendor/select2/select2.full.js",
        "admin/js/vendor/select2/i18n/[!v]*",
    ]
