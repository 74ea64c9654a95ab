"""What people see who ask too often.

What belongs here: the answer. What does not: the limits (`settings.ACCOUNT_RATE_LIMITS`, allauth's defaults).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LONGEST_SECONDS = 60
"""Allauth's limits for whole pages count by the minute."""


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Say that it was too often, and how long to wait."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(LONGEST_SECONDS)
    return response
