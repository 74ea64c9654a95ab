"""Django settings, derived from `recado.config`. No setting of ours is read anywhere else."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from recado import config
from recado.server.secret import secret_key

RECADO = config.load()

DEBUG = RECADO.debug
SECRET_KEY = secret_key(RECADO.data)
ALLOWED_HOSTS = ["*"] if DEBUG else ["localhost", "127.0.0.1", "[::1]", "testserver", RECADO.host, *RECADO.public_hosts]
if RECADO.media_host:
    ALLOWED_HOSTS.append(RECADO.media_host)

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
    "ninja",  # its pages about the API, with all they need
    "recado.apps.accounts",
    "recado.apps.plans",
    "recado.apps.audit",
    "recado.apps.notifications",
    "recado.apps.connections",
    "recado.apps.numbers",
    "recado.apps.orders",
    "recado.apps.contacts",
    "recado.apps.outbox",
    "recado.apps.billing",
    "recado.apps.keywords",
    "recado.apps.inbox",
    "recado.apps.dialogues",
    "recado.apps.mails",
    "recado.apps.media",
    "recado.apps.mms",
    "recado.apps.programs",
    "recado.apps.autoresponders",
    "recado.apps.senders",
    "recado.apps.campaigns",
    "recado.apps.surveys",
    "recado.apps.contests",
    "recado.apps.codes",
    "recado.apps.boards",
    "recado.apps.statistics",
]

MIDDLEWARE = [
    "recado.server.media_host.media_host",  # before all that would give a session or a static file
    "recado.server.secure_cookies.secure_cookies",  # first of the others, so that it sees the cookies of all of them
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
    "recado.panel.sign_in.sessions.seen",
    "recado.api.call_log.v1_calls",
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
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "recado.panel.sign_in.adapter.SignInAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}  # what people are told then is in recado.panel.sign_in.adapter
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "MinimumLengthValidator": {"min_length": 10},
        "UserAttributeSimilarityValidator": {"user_attributes": ("email", "name")},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_ADAPTER = "recado.panel.sign_in.factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody gets a login without the operator or an invitation sent to the address
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Recado"
MFA_TOTP_TOLERANCE = 1  # clocks of phones are half a minute wrong at times
MFA_FORMS = {"add_webauthn": "recado.panel.sign_in.forms.PasskeyForm"}
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if RECADO.smtp_url else 'console'}.EmailBackend"
if RECADO.smtp_url:
    EMAIL_HOST, EMAIL_PORT = RECADO.smtp_url.host, RECADO.smtp_url.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = RECADO.smtp_url.user, RECADO.smtp_url.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = RECADO.smtp_url.tls == "starttls", RECADO.smtp_url.tls == "ssl"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = RECADO.mail_sender

OPERATORS_NEED_SECOND_FACTOR = RECADO.operators_need_second_factor

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pl", _("Polish"))]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

_MEDIA = [RECADO.media_address] if RECADO.media_host else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *_MEDIA],
        "media-src": ["'self'", *_MEDIA],
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
