"""All settings, in one file. The environment decides; what is secret and missing stops the start.

Every variable read here stands in `.env.example`. Without any of them the portal runs on this machine alone,
with its own database and broker (`intlcoop.embedded`).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from intlcoop.embedded.broker import broker_url

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """A setting from the environment, or from the file named by NAME_FILE (Docker secrets).

    Raises ImproperlyConfigured when it is set nowhere and has no default.
    """
    if path := os.getenv(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.getenv(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def env_bool(name: str, default: bool) -> bool:
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


# --- where this copy of the portal keeps its things -------------------------------------------------------------

VAR_DIR = Path(env("VAR_DIR", "") or BASE_DIR / "var").resolve()
EMBEDDED = env_bool("EMBEDDED", True)
DEBUG = env_bool("DEBUG", False)
DEMO = env_bool("DEMO", False)


def secret_key() -> str:
    """SECRET_KEY, or on an embedded machine a key made once in VAR_DIR and readable by its owner only."""
    if not EMBEDDED or os.getenv("SECRET_KEY") or os.getenv("SECRET_KEY_FILE"):
        return env("SECRET_KEY")
    path = VAR_DIR / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii")


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if EMBEDDED else "")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
# Whom a person asks when something fails: a name, a telephone number, as it shall stand on the page.
SUPPORT_CONTACT = env("SUPPORT_CONTACT", "")
# Links in mails are built from this and never from a request's Host header.
PUBLIC_URL = env("PUBLIC_URL", "http://127.0.0.1:8000")

# --- the rooms --------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "intlcoop.operations",
    "reports",
    "delegations",
    "agreements",
    "intlcoop.workflow",
    "intlcoop.documents",
    "intlcoop.notifications",
    "intlcoop.jobs",
    "intlcoop.regulations",
    "intlcoop.audit",
    "intlcoop.catalogues",
    "intlcoop.people",
    "intlcoop.web",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "heroicons",
    "template_partials",
    "pgtrigger",
    "pghistory",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "intlcoop.web.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intlcoop.people.middleware.RosterMiddleware",
    "intlcoop.web.middleware.LanguageMiddleware",
    "intlcoop.web.retained.RetainedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "intlcoop.audit.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "intlcoop.urls"
WSGI_APPLICATION = "intlcoop.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "intlcoop.web.context_processors.frame",
                "intlcoop.notifications.context_processors.unread",
                "intlcoop.jobs.context_processors.worker",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "intlcoop.web.templatetags.ui"],
        },
    },
]

# --- data -------------------------------------------------------------------------------------------------------


def database() -> dict[str, Any]:
    """The database of DATABASE_URL, or the embedded one."""
    common: dict[str, Any] = {
        # A new connection for each request costs 63 % of the throughput of a light page (docs/decisions/0001).
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
    limits = {
        "lock_timeout": env("DATABASE_LOCK_TIMEOUT", "3s"),
        "statement_timeout": env("DATABASE_STATEMENT_TIMEOUT", "15min"),
        "idle_in_transaction_session_timeout": "60s",
        "timezone": "Asia/Ho_Chi_Minh",
    }
    options = {"options": " ".join(f"-c {key}={value}" for key, value in limits.items())}
    if os.getenv("DATABASE_URL") or os.getenv("DATABASE_URL_FILE") or not EMBEDDED:
        url = urlsplit(env("DATABASE_URL"))
        query = dict(parse_qsl(url.query))
        return common | {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": query.pop("host", url.hostname or ""),
            "PORT": str(url.port or ""),
            "OPTIONS": options | query,
        }
    return common | {"ENGINE": "intlcoop.embedded.postgresql", "NAME": "intlcoop", "OPTIONS": options}


DATABASES = {"default": database()}

# In the database, so that a dead broker locks nobody out and nothing is unpickled from a shared server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # the default of 300 would drop counted login attempts
    }
}

# Row history: inserts, updates and deletes, by triggers; the context stands in the row, so it is append-only too.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# --- people and sessions ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "intlcoop.people.adapters.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody signs up here, and strangers get no mail from us
# A whole ministry sits behind one address, so the limit per address is loose and the one per account strict.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "120/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("TRUSTED_PROXY_COUNT", "0"))

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "intlcoop.web.answers.csrf_failure"

# --- language, formats, time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
# Our own texts first; then what Django and other packages left in English.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
FORMAT_MODULE_PATH = ["intlcoop.web.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# --- pages ------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "intlcoop.web.staticfinders.PackageFinder",
]
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(VAR_DIR / "media")))
# PEM files of the authorities whose certificates count as trusted when a signed PDF is verified.
SIGNATURE_ROOTS = Path(env("SIGNATURE_ROOTS", str(VAR_DIR / "signature-roots")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "intlcoop.web.staticfinders.PortalStaticStorage"},
}
# Set behind nginx: it then delivers private files itself (X-Accel-Redirect), else Django streams them.
PRIVATE_DELIVERY = env("PRIVATE_DELIVERY", "")

UPLOAD_MAX_BYTES = 20 * 1024 * 1024
# The secrecy guard must see a file before it touches a disk (documents.guard), so nothing is spooled to one.
FILE_UPLOAD_HANDLERS = ["intlcoop.documents.uploads.BoundedMemoryUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

FILTERS_EMPTY_CHOICE_LABEL = _("All")
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- security headers -------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
HTTPS = env_bool("HTTPS", not EMBEDDED)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- mail -------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(env("EMAIL_PORT", "2525"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "htqt@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- work that takes time (reasons: docs/decisions/0003) --------------------------------------------------------

JOB_LEASE_SECONDS = 15
JOB_RENEW_SECONDS = 5
JOB_MAX_ATTEMPTS = 3
# How long a process may repeat its last answer to "does the worker run?" before it asks the database again.
JOB_WORKER_CACHE_SECONDS = 5

# Only the address: the embedded broker starts before the first message (intlcoop.embedded.broker).
CELERY_BROKER_URL = env("CELERY_BROKER_URL", "" if EMBEDDED else None) or broker_url(VAR_DIR)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_TIME_LIMIT = 900
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 25,
    # A request that finds no broker must not wait for one (7 s by default): the sweeper sends the hint again.
    "max_retries": 0,
}
CELERY_VISIBILITY_TIMEOUT = 1800
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
# A running job ends under its lease; its message comes back and finds nothing to claim. Cancelling it would cost an attempt.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 900_000

# --- logs -------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
}
