"""Django settings, derived from `recado.config`. No setting of ours is read anywhere else."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from recado import config
from recado.server.secret import secret_key

RECADO = config.load()

DEBUG = RECADO.debug
SECRET_KEY = secret_key(RECADO.data)
ALLOWED_HOSTS = ["*"] if DEBUG else ["localhost", "127.0.0.1", "[::1]", "testserver", RECADO.host, *RECADO.public_hosts]

INSTALLED_APPS = [
    "recado.panel",  # first, so that its sign-in pages come before those of allauth
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "recado.apps.accounts",
    "recado.apps.audit",
    "recado.apps.notifications",
    "recado.apps.connections",
    "recado.apps.numbers",
    "recado.apps.contacts",
    "recado.apps.outbox",
    "recado.apps.keywords",
    "recado.apps.inbox",
    "recado.apps.dialogues",
]

MIDDLEWARE = [
    "recado.server.secure_cookies.secure_cookies",  # first, so that it sees the cookies of all others
    "django.middleware.gzip.GZipMiddleware",  # pages and, where no proxy does it, static files
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "recado.server.urls"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _databases(database: config.Database) -> dict[str, Any]:
    if database.engine == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database.name,
            "USER": database.user,
            "PASSWORD": database.password,
            "HOST": database.host,
            "PORT": database.port or "",
            "CONN_MAX_AGE": 600,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": database.name,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-65536; "
                "PRAGMA foreign_keys=ON"
            ),
        },
    }


DATABASES = {"default": _databases(RECADO.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "recado.apps.accounts.hashing.ThriftyArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "recado.panel.sign_in.ClosedSignup"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/inbox/"
LOGOUT_REDIRECT_URL = "/login/"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

OPERATORS_NEED_SECOND_FACTOR = RECADO.operators_need_second_factor

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pl", _("Polish"))]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
LOGGING_CONFIG = None
