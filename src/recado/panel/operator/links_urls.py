"""Addresses of the console's technical side: carriers, jobs, system."""

from django.urls import URLPattern, path

from recado.panel.operator import jobs, link_actions, links, mails, quarantined, system

urlpatterns: list[URLPattern] = [
    path("links/", links.link_list, name="operator-links"),
    path("links/new/", links.link_new, name="operator-link-new"),
    path("links/<int:connection_id>/", links.link, name="operator-link"),
    path("links/<int:connection_id>/settings/", links.link_settings, name="operator-link-settings"),
    path("links/<int:connection_id>/log/", links.link_log, name="operator-link-log"),
    path("links/<int:connection_id>/test/", link_actions.link_test, name="operator-link-test"),
    path("links/<int:connection_id>/drain/", link_actions.link_drain, name="operator-link-drain"),
    path("links/<int:connection_id>/resume/", link_actions.link_resume, name="operator-link-resume"),
    path("links/<int:connection_id>/switch/", link_actions.link_switch, name="operator-link-switch"),
    path("jobs/", jobs.job_list, name="operator-jobs"),
    path("jobs/again/", jobs.jobs_again, name="operator-jobs-again"),
    path("jobs/mails/", mails.mail_list, name="operator-mails"),
    path("jobs/<int:job_id>/", jobs.job, name="operator-job"),
    path("jobs/<int:job_id>/again/", jobs.job_again, name="operator-job-again"),
    path("quarantine/", quarantined.quarantine_list, name="operator-quarantine"),
    path("quarantine/<int:quarantine_id>/", quarantined.quarantined, name="operator-quarantined"),
    path("quarantine/<int:quarantine_id>/again/", quarantined.quarantined_again, name="operator-quarantined-again"),
    path("quarantine/<int:quarantine_id>/settled/", quarantined.quarantined_settled, name="operator-quarantined-settled"),
    path("system/", system.system, name="operator-system"),
]
