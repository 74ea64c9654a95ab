"""Addresses of contacts and groups."""

from django.urls import URLPattern, path

from recado.panel.contacts import bulk, consent, contacts, groups, imports, opt_outs

urlpatterns: list[URLPattern] = [
    path("groups/", groups.group_list, name="groups"),
    path("groups/<int:group_id>/", groups.group, name="group"),
    path("groups/<int:group_id>/delete/", groups.group_delete, name="group-delete"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/leave/", groups.group_leave, name="group-leave"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/end/", consent.membership_end, name="membership-end"),
    path("groups/<int:group_id>/join/", groups.group_join, name="group-join"),
    path("contacts/", contacts.contact_list, name="contacts"),
    path("contacts/new/", contacts.new_contact, name="new-contact"),
    path("contacts/export/", contacts.contact_export, name="contacts-export"),
    path("contacts/bulk/", bulk.bulk, name="contacts-bulk"),
    path("contacts/rejoin/", bulk.rejoin, name="contacts-rejoin"),
    path("contacts/blocked/", opt_outs.blocked, name="blocked"),
    path("contacts/blocked/opt-outs/", opt_outs.opt_out_add, name="opt-out-add"),
    path("contacts/blocked/opt-outs/<int:opt_out_id>/lift/", opt_outs.opt_out_lift, name="opt-out-lift"),
    path("contacts/blocked/senders/", opt_outs.sender_block, name="sender-block"),
    path("contacts/blocked/senders/<int:blocked_id>/remove/", opt_outs.sender_unblock, name="sender-unblock"),
    path("contacts/import/", imports.upload, name="import"),
    path("contacts/import/<int:batch_id>/", imports.mapping, name="import-mapping"),
    path("contacts/import/<int:batch_id>/check/", imports.check, name="import-check"),
    path("contacts/import/<int:batch_id>/bad/", imports.bad_rows, name="import-bad"),
    path("contacts/import/<int:batch_id>/run/", imports.run, name="import-run"),
    path("contacts/import/<int:batch_id>/result/", imports.result, name="import-result"),
    path("contacts/import/<int:batch_id>/undo/", imports.undo, name="import-undo"),
    path("contacts/<int:contact_id>/data/", contacts.contact_data, name="contact-data"),
    path("contacts/<int:contact_id>/erase/", contacts.contact_erase, name="contact-erase"),
    path("contacts/<int:contact_id>/", contacts.contact, name="contact"),
    path("contacts/<int:contact_id>/delete/", contacts.contact_delete, name="contact-delete"),
]
