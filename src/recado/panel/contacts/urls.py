"""Addresses of contacts and groups."""

from django.urls import URLPattern, path

from recado.panel.contacts import contacts, groups

urlpatterns: list[URLPattern] = [
    path("groups/", groups.group_list, name="groups"),
    path("groups/<int:group_id>/", groups.group, name="group"),
    path("groups/<int:group_id>/delete/", groups.group_delete, name="group-delete"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/leave/", groups.group_leave, name="group-leave"),
    path("contacts/", contacts.contact_list, name="contacts"),
    path("contacts/new/", contacts.new_contact, name="new-contact"),
    path("contacts/<int:contact_id>/", contacts.contact, name="contact"),
    path("contacts/<int:contact_id>/delete/", contacts.contact_delete, name="contact-delete"),
]
