"""Addresses of contests."""

from django.urls import URLPattern, path

from recado.panel.contests import detail, drawing, editing, entries, listing, protocols, telling

urlpatterns: list[URLPattern] = [
    path("", listing.contests, name="contests"),
    path("new/", editing.new_contest, name="contest-new"),
    path("<int:contest_id>/", detail.contest, name="contest"),
    path("<int:contest_id>/live/", detail.live, name="contest-live"),
    path("<int:contest_id>/export/", detail.export, name="contest-export"),
    path("<int:contest_id>/edit/", editing.edit, name="contest-edit"),
    path("<int:contest_id>/end/", editing.end, name="contest-end"),
    path("<int:contest_id>/copy/", editing.copy, name="contest-copy"),
    path("<int:contest_id>/entries/<int:entry_id>/", entries.entry, name="contest-entry"),
    path("<int:contest_id>/entries/<int:entry_id>/leave-out/", entries.leave_out, name="contest-entry-leave-out"),
    path("<int:contest_id>/entries/<int:entry_id>/readmit/", entries.let_back, name="contest-entry-readmit"),
    path("<int:contest_id>/entries/<int:entry_id>/choose/", entries.choose_it, name="contest-entry-choose"),
    path("<int:contest_id>/draw/", drawing.drawing, name="contest-draw"),
    path("<int:contest_id>/winners/<int:win_id>/replace/", drawing.replace, name="contest-win-replace"),
    path("<int:contest_id>/winners/<int:win_id>/take-back/", entries.take_back, name="contest-win-take-back"),
    path("<int:contest_id>/draws/<int:draw_id>/protocol/", protocols.protocol, name="contest-protocol"),
    path("<int:contest_id>/instant/", protocols.instant, name="contest-instant"),
    path("<int:contest_id>/notify/", telling.notify, name="contest-notify"),
]
