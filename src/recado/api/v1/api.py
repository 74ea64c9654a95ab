"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import NinjaAPI

from recado.api.v1 import (
    examples,
    groups,
    keyword_details,
    keywords,
    number_orders,
    number_packages,
    numbers,
    rules,
    spellings,
    tester,
    trying_changes,
)
from recado.api.v1.problems import handle_problems

api = NinjaAPI(
    title="Recado",
    version="1",
    description="Receive, send and answer messages; everything the panel can do.",
    urls_namespace="api-v1",
    docs_url="/docs",
    openapi_url="/openapi.json",
)
handle_problems(api)
api.add_router("/groups", groups.router)
api.add_router("/numbers", numbers.router)
api.add_router("", number_orders.router)
api.add_router("/number-packages", number_packages.router)
api.add_router("", keyword_details.router)
api.add_router("", keywords.router)
api.add_router("", spellings.router)
api.add_router("", rules.router)
api.add_router("", tester.router)
api.add_router("", examples.router)
api.add_router("", trying_changes.router)
