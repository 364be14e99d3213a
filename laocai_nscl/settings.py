"""Settings, all from the environment, safe when nothing is set.

``PORTAL_MODE=local`` (the default) answers on loopback names only and needs nothing else.
``PORTAL_MODE=production`` refuses to start without a secret key, hosts and servers, and speaks
HTTPS only. ``docs/deploy.md`` lists every variable.
"""

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from laocai_nscl.servers import state
from laocai_nscl.servers.urls import broker_url, neighbour_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PORTAL_MODE: str = env.str("PORTAL_MODE", default="local")
if PORTAL_MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"PORTAL_MODE is {PORTAL_MODE!r}; set it to local or production.")
PRODUCTION = PORTAL_MODE == "production"


def required(name: str) -> str:
    """Return a variable that production cannot do without."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; PORTAL_MODE=production needs it.")
    return value


# --- Who may reach the portal ---------------------------------------------------------------
DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("DEMO", default=False)
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on; PORTAL_MODE=production refuses to start with it.")
    if DEMO:
        raise ImproperlyConfigured("DEMO is on; demo accounts exist on loopback only.")
    SECRET_KEY = required("SECRET_KEY")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters; make a longer one.")
    required("ALLOWED_HOSTS")
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS names every host; name the portal's own.")
    DATABASE_URL = required("DATABASE_URL")
    REDIS_URL = required("REDIS_URL")
else:
    SECRET_KEY = env.str("SECRET_KEY", default="") or state.secret_key()
    ALLOWED_HOSTS = LOOPBACK_HOSTS
    DATABASE_URL = env.str("DATABASE_URL", default="") or state.database_url()
    REDIS_URL = env.str("REDIS_URL", default="") or state.redis_url()

if PRODUCTION and not env.bool("HTTPS", default=True):
    raise ImproperlyConfigured("HTTPS is off; PORTAL_MODE=production serves HTTPS only.")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many reverse proxies stand before the portal: that many entries of X-Forwarded-For are ours.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", default=1 if PRODUCTION else 0)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # Bootstrap's own style sheet carries its small pictures as data addresses.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- The house ------------------------------------------------------------------------------
ROOMS = [
    "reports",
    "budgets",
    "enterprises",
    "programs",
    "documents",
    "notifications",
    "accounts",
    "audit",
    "core",
]
INSTALLED_APPS = [
    *ROOMS,
    # After the rooms, whose templates stand before its own.
    "accounts.catalogue_app.CatalogueAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "core.static_files.PortalStaticFilesConfig",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_tables2",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Slow lines; Django pads the answers so that their length tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.DemoLoopbackMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "accounts.middleware.PortalLoginRequiredMiddleware",
    "audit.middleware.AuditOriginMiddleware",
    "notifications.middleware.OwnActsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.LoginRedirectForHtmxMiddleware",
    "accounts.gates.SecondFactorMiddleware",
    "accounts.gates.RoleMiddleware",
    "accounts.gates.LastSeenMiddleware",
    "accounts.middleware.TypedFormsMiddleware",
]
ROOT_URLCONF = "laocai_nscl.urls"
WSGI_APPLICATION = "laocai_nscl.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["core.templatetags.portal", "core.templatetags.typed"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.portal",
                "programs.context_processors.plan_in_force",
            ],
        },
    }
]

# --- Servers --------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
# Compiling a statement takes longer than any statement of the portal runs.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        # Clearing the cache empties a whole Redis index: never the broker's.
        "LOCATION": env.str("CACHE_URL", default=neighbour_url(REDIS_URL)),
        "KEY_PREFIX": "portal",
    }
}
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Whoever asks for a job does not wait for a broker that is down: the sweeper finds the job.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 10}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
# A worker's claim on a job; it renews it while it works, so a dead worker's job is soon free.
JOB_LEASE = timedelta(seconds=env.float("JOB_LEASE_SECONDS", default=60))
JOB_ATTEMPTS = 3
CELERY_BEAT_SCHEDULE = {
    "report_runs_sweep": {
        "task": "reports.tasks.report_runs_sweep",
        "schedule": env.float("JOB_SWEEP_SECONDS", default=30),
        # A sweep that waited longer than the next one has nothing to say.
        "options": {"expires": 60},
    },
    "outbox_mails_sweep": {
        "task": "notifications.tasks.outbox_mails_sweep",
        "schedule": env.float("JOB_SWEEP_SECONDS", default=30),
        "options": {"expires": 60},
    },
    # Asks often whether the work of the day is done: a tick that was missed is made up for.
    "daily_runs_sweep": {
        "task": "notifications.tasks.daily_runs_sweep",
        "schedule": env.float("JOB_SWEEP_SECONDS", default=30),
        "options": {"expires": 60},
    },
    "quarantine_sweep": {
        "task": "documents.tasks.quarantine_sweep",
        "schedule": env.float("QUARANTINE_SWEEP_SECONDS", default=60),
        "options": {"expires": 60},
    },
    "typed_forms_sweep": {
        "task": "accounts.tasks.typed_forms_sweep",
        "schedule": crontab(minute=17),
        "options": {"expires": 3000},
    },
    # A missed night is made up for: what is due stays due.
    "handovers_carry_out": {
        "task": "accounts.tasks.handovers_carry_out",
        "schedule": crontab(hour=0, minute=10),
    },
    "import_runs_sweep": {
        "task": "documents.tasks.import_runs_sweep",
        "schedule": env.float("JOB_SWEEP_SECONDS", default=30),
        "options": {"expires": 60},
    },
    # Every hour, so that a scheduler that was down at midnight does not cost a day.
    "successions_work_pass": {
        "task": "accounts.tasks.successions_work_pass",
        "schedule": crontab(minute=10),
    },
    "idle_accounts_check": {
        "task": "accounts.tasks.idle_accounts_check",
        "schedule": crontab(hour=3, minute=0),
    },
    # Logs and mails the head of the audit chain, so that it is kept outside the database.
    "audit_verify_nightly": {
        "task": "accounts.tasks.audit_verify_nightly",
        "schedule": crontab(hour=2, minute=30),
    },
}
if PRODUCTION:
    # Mail on the console would leave links with live tokens in the log.
    required("EMAIL_URL")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="nscl@localhost")
# Mail is written into the outbox with the act that sends it; workers hand it to EMAIL_URL.
OUTBOX_TRANSPORT = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "notifications.mail.OutboxBackend"
EMAIL_TIMEOUT = 20
# When reminders and digests go out, in Việt Nam.
DAILY_AT = time(7, 30)
# Under which address those find the portal who read of it in a mail.
PORTAL_URL = (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    if PRODUCTION
    else f"http://{env.str('BIND', default='127.0.0.1:8000')}"
)

# --- People ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.adapter.PortalAuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email", "full_name"]}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "worklist"
ACCOUNT_ADAPTER = "accounts.adapter.PortalAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# TCVN 14423: 5 failures lock an account for 15 minutes; a commune shares one address, hence 50.
LOGIN_LOCK = timedelta(minutes=15)
LOGIN_FAILURES_OF_ACCOUNT = 5
LOGIN_FAILURES_OF_ADDRESS = 50
# allauth counts codes of the second factor by itself, and passwords once more.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "login": "120/m/ip"}
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
INVITATION_VALID_FOR = timedelta(days=7)

MFA_ADAPTER = "accounts.mfa_adapter.PortalMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "NSCL Lào Cai"
# A phone's clock may be half a minute off; a code counts once all the same.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "accounts.mfa_forms.ActivateTOTPForm",
    "authenticate": "accounts.mfa_forms.AuthenticateForm",
    "reauthenticate": "accounts.mfa_forms.ReauthenticateForm",
    "add_webauthn": "accounts.mfa_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.mfa_forms.RenamePasskeyForm",
}

# --- How long things last for people --------------------------------------------------------
SESSION_IDLE = timedelta(minutes=30)
SESSION_WARNING = timedelta(minutes=3)
SESSION_ABSOLUTE = timedelta(hours=12)
# The row in the database goes no later than the session ends.
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
CSRF_FAILURE_VIEW = "accounts.views.typed_forms.csrf_failure"
# A form posted after the end of its session is kept for its person; long forms save drafts.
KEPT_FORM_FOR = timedelta(hours=24)
KEPT_FORM_BYTES = 256 * 1024
KEPT_FORMS_EACH = 20
FORM_DRAFT_FOR = timedelta(days=30)

# --- Vietnamese first -----------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["laocai_nscl.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Workbooks that people import -----------------------------------------------------------
WORKBOOK_ROWS: int = env.int("WORKBOOK_ROWS", default=60_000)

# --- What the browser gets ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
FILES_ROOT: str = env.str("FILES_ROOT", default=str(state.state_dir() / "files"))
# Beside the files: whoever rewrites the database does not reach it.
AUDIT_HEADS_FILE = Path(FILES_ROOT) / "audit-heads.txt"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Outside every web root, under random names: only a view hands these files out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": FILES_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# --- What people bring ----------------------------------------------------------------------
# nginx lets a request of 30 MB pass; deploy/nginx.conf and this go together.
UPLOAD_MAX_MB: int = env.int("UPLOAD_MAX_MB", default=25)
UPLOAD_MAX_UNPACKED_MB: int = env.int("UPLOAD_MAX_UNPACKED_MB", default=200)
# A path or tcp://host:port; without one, nobody scans what people bring.
CLAMAV_SOCKET: str = env.str("CLAMAV_SOCKET", default="")
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.files.handlers.BoundedFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
