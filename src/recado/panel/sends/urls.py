"""Addresses of group sends."""

from django.urls import URLPattern, path

from recado.panel.sends import drafts, listing, report, running, summary

urlpatterns: list[URLPattern] = [
    path("", listing.send_list, name="sends"),
    path("new/", drafts.new, name="send-new"),
    path("<int:campaign_id>/", report.detail, name="send"),
    path("<int:campaign_id>/edit/", drafts.edit, name="send-edit"),
    path("<int:campaign_id>/check/", drafts.check, name="send-check"),
    path("<int:campaign_id>/delete/", drafts.delete, name="send-delete"),
    path("<int:campaign_id>/summary/", summary.summary, name="send-summary"),
    path("<int:campaign_id>/try/", summary.try_first, name="send-try"),
    path("<int:campaign_id>/progress/", report.progress_piece, name="send-progress"),
    path("<int:campaign_id>/export/", report.export, name="send-export"),
    path("<int:campaign_id>/stop/", running.stop_it, name="send-stop"),
    path("<int:campaign_id>/cancel/", running.cancel, name="send-cancel"),
    path("<int:campaign_id>/copy/", running.copy_it, name="send-copy"),
]
