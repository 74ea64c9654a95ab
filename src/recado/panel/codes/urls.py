"""Addresses of code pools."""

from django.urls import URLPattern, path

from recado.panel.codes import adding, changes, exporting, listing, pool

urlpatterns: list[URLPattern] = [
    path("", listing.pool_list, name="code-pools"),
    path("new/", changes.pool_new, name="code-pool-new"),
    path("<int:pool_id>/", pool.pool, name="code-pool"),
    path("<int:pool_id>/export/", exporting.export, name="code-pool-export"),
    path("<int:pool_id>/add/", adding.add, name="code-pool-add"),
    path("<int:pool_id>/add/confirm/", adding.confirm, name="code-pool-confirm"),
    path("<int:pool_id>/generate/", adding.generate, name="code-pool-generate"),
    path("<int:pool_id>/codes/<int:code_id>/withdraw/", pool.code_withdraw, name="code-withdraw"),
    path("<int:pool_id>/settings/", changes.pool_settings, name="code-pool-settings"),
    path("<int:pool_id>/keyword/", changes.pool_keyword, name="code-pool-keyword"),
    path("<int:pool_id>/delete/", changes.pool_delete, name="code-pool-delete"),
]
