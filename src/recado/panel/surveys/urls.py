"""Addresses of surveys."""

from django.urls import URLPattern, path

from recado.panel.surveys import answers, asking, building, changes, listing, making, publishing, results, starting

urlpatterns: list[URLPattern] = [
    path("", listing.surveys, name="surveys"),
    path("new/", making.new_survey, name="survey-new"),
    path("<int:survey_id>/", building.survey, name="survey"),
    path("<int:survey_id>/keep/", building.keep, name="survey-keep"),
    path("<int:survey_id>/preview/", building.preview, name="survey-preview"),
    path("<int:survey_id>/restore/", building.restore, name="survey-restore"),
    path("<int:survey_id>/start/", starting.start, name="survey-start"),
    path("<int:survey_id>/free/", starting.free, name="survey-free"),
    path("<int:survey_id>/close/", changes.close, name="survey-close"),
    path("<int:survey_id>/reopen/", changes.reopen, name="survey-reopen"),
    path("<int:survey_id>/copy/", changes.copy, name="survey-copy"),
    path("<int:survey_id>/delete/", changes.delete, name="survey-delete"),
    path("<int:survey_id>/send/", asking.send, name="survey-send"),
    path("<int:survey_id>/results/", results.results, name="survey-results"),
    path("<int:survey_id>/results/live/", results.live, name="survey-results-live"),
    path("<int:survey_id>/results/export/", results.export, name="survey-export"),
    path("<int:survey_id>/results/<int:question_id>/", answers.answers, name="survey-answers"),
    path("<int:survey_id>/public/", publishing.publish, name="survey-publish"),
    path("<int:survey_id>/public/renew/", publishing.renew, name="survey-renew"),
]
