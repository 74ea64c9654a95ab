"""Addresses of the tester that stands alone, and of the examples kept from it."""

from django.urls import URLPattern, path

from recado.panel.keywords import kept_examples, tester

urlpatterns: list[URLPattern] = [
    path("", tester.tester, name="tester"),
    path("answer/", tester.tester_answer, name="tester-answer"),
    path("<int:number_id>/examples/", kept_examples.keep_example, name="keep-example"),
    path("examples/<int:example_id>/settle/", kept_examples.settle, name="example-settle"),
    path("examples/<int:example_id>/remove/", kept_examples.remove, name="example-remove"),
]
