"""MediaFile (one file an account keeps) and Content (what is known of some bytes, whoever has them)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account


class MediaFile(models.Model):
    """What it is; its bytes lie in the media folder under their SHA-256 (`recado.blobs`), once for all that are the same."""

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


class ScanState(models.TextChoices):
    """Whether a content was looked at for viruses."""

    RECEIVED = "received", _("Not checked yet")
    CLEAN = "clean", _("Checked")
    INFECTED = "infected", _("Dangerous")
    UNSCANNABLE = "unscannable", _("Could not be checked")


class PreviewState(models.TextChoices):
    """Whether there is something small and harmless to show of a content."""

    WAITING = "waiting", _("Being made")
    DONE = "done", _("Made")
    NONE = "none", _("There is none")
    FAILED = "failed", _("Could not be made")


class Content(models.Model):
    """Some bytes in the media folder, once for all that are the same. Written by `store` with the message that brings them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=80)
    """By what the bytes say."""
    scan_state = models.CharField(max_length=12, choices=ScanState.choices, default=ScanState.RECEIVED)
    scan_word = models.CharField(max_length=120, default="")
    """What the scanner found, or why it could not look."""
    scanned_at = models.DateTimeField(null=True)
    preview_state = models.CharField(max_length=8, choices=PreviewState.choices, default=PreviewState.WAITING)
    preview_sha256 = models.CharField(max_length=64, default="")
    """A small picture (WebP) without EXIF; empty: none."""
    stripped_sha256 = models.CharField(max_length=64, default="")
    """The same picture in full size without EXIF and place, for pages and forwards; empty where there is none."""
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    """In pixels, of pictures and films."""
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="content_waits_for_preview", condition=Q(preview_state="waiting")),
            models.Index(fields=["created_at"], name="content_waits_for_scan", condition=Q(scan_state="received")),
            models.Index(fields=["preview_sha256"], name="content_by_preview", condition=~Q(preview_sha256="")),
            models.Index(fields=["stripped_sha256"], name="content_by_stripped", condition=~Q(stripped_sha256="")),
        ]

    def __str__(self) -> str:
        """Return what kind it is."""
        return self.content_type
