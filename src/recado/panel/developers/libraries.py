"""How each library and shop plugin of the provider is pointed at this installation (provider-api.md §1), as data.

What belongs here: names, where their address stands, a few lines of code. What does not: the page (`moving`), samples without a library
(`samples`). `ADDRESS` stands for the compatible API with a slash at its end, `LEGACY` for the older one.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDRESS, LEGACY = "ADDRESS", "LEGACY"
_IN_CONSTRUCTOR = _("The library takes the address when it is made.")
_IN_FILE = _("The address stands in a file of the library. Change that one line; an update of the library brings the old one back.")


@dataclass(frozen=True, slots=True)
class Library:
    """A library or a plugin, and what to change."""

    name: str
    how: Promise
    code: str
    file: str = ""
    """Which file to change."""


LIBRARIES = (
    Library("PHP", _("Set the address on the object."), '$serwersms = new SerwerSMS\\SerwerSMS($token);\n$serwersms->api_url = "ADDRESS";'),
    Library("Python (serwersmsv2api)", _("Set the address on the object."), 'api = serwersms.SerwerSMS(token)\napi.api_url = "ADDRESS"'),
    Library(
        "Ruby",
        _("Give it the address when it is made, or in the environment. The library speaks https alone."),
        'SerwerSMS::ClientToken.new(token: token, api_url: "ADDRESS")\nSERWERSMS_API_URL=ADDRESS',
    ),
    Library(
        "Node.js (serwersms.pl)",
        _("Set the address on the object."),
        'const sms = require("serwersms.pl").serwerSMS(username, password);\nsms.api_url = "ADDRESS";',
    ),
    Library(
        "Java",
        _("Version 2 has a method for it. Version 1 has the address in SerwerSMS.java."),
        'SerwerSMS api = new SerwerSMS(token);\napi.setApiUrl("ADDRESS");',
    ),
    Library("Perl", _IN_FILE, "my $api_url = 'ADDRESS';", "SerwerSMS.pm"),
    Library("C#", _IN_CONSTRUCTOR, 'var api = new SerwerSms(username, password, apiUrl: "ADDRESS");'),
    Library("Bash", _IN_FILE, 'API_URL="ADDRESS"', "serwersms"),
    Library(
        "Symfony",
        _("Set it in the configuration of the bundle; older versions have a parameter for it."),
        'serwer_sms:\n    serwersms_api_url: "ADDRESS"\n\nparameters:\n    serwer_sms_api_url: "ADDRESS"',
    ),
    Library("Laravel", _("Set it in the configuration of the application."), "'sms' => ['api_url' => 'ADDRESS'],", "config/app.php"),
    Library(
        "WordPress, WooCommerce",
        _IN_FILE,
        "public $api_url = 'ADDRESS';",
        "…/vendor/serwersms/serwersms-php-client/src/SerwerSMS.php",
    ),
    Library("Magento", _IN_FILE, "public static $API_URL = 'LEGACY?';", "app/code/community/SerwerSMS/Sms/Helper/SerwerSMS.php"),
    Library(
        "PrestaShop",
        _("Look in the module for one of the provider's addresses, and put the one on the right in its place."),
        "https://api2.serwersms.pl/ → ADDRESS\nhttps://api1.serwersms.pl/zdalnie/ → LEGACY",
    ),
)
