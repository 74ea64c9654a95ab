"""Access to the keys of programs."""

from django.utils import timezone

from panel.doors import Door
from panel.hostile import MARKUP
from recado.apps.accounts.api_users import KeyContent, make_key
from recado.apps.accounts.models import ApiUser, Role, SendLimit
from recado.apps.accounts.send_limits import set_limit


def a_key(account, user):
    made, _secrets = make_key(account, KeyContent(name=MARKUP[:80], networks="10.0.0.0/8\n203.0.113.7"), username="shop", by=user)
    set_limit(made, SendLimit.Kind.ECO, 12_500)
    ApiUser.objects.filter(pk=made.pk).update(is_subaccount=True, is_test=True, token_expires_at=timezone.now())
    return {"key_id": made.pk}


DOORS = {
    "developers": Door(refuses=Role.EDITOR),
    "developers-key-new": Door(refuses=Role.EDITOR),
    "developers-key": Door(a_key, Role.EDITOR),
    "developers-key-edit": Door(a_key, Role.EDITOR),
    "developers-key-token": Door(a_key, Role.EDITOR),
    "developers-key-password": Door(a_key, Role.EDITOR),
    "developers-key-secret": Door(a_key, Role.EDITOR),
    "developers-key-switch": Door(a_key, Role.EDITOR, "post", {"to": "off"}),
    "developers-key-remove": Door(a_key, Role.EDITOR),
}
