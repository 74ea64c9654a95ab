"""MediaFile: one file an account keeps."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account


class MediaFile(models.Model):
    """What it is; its bytes lie in the media folder under their SHA-256 (`storage`), once for all that are the same."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="media_files")
    public_id = models.CharField(max_length=10)
    """Ten hex digits, as the provider's file ids (provider-api.md §5)."""
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=80)
    """By what the bytes say, not by what was claimed."""
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "public_id"], name="media_file_once")]

    def __str__(self) -> str:
        """Return its name."""
        return self.name
