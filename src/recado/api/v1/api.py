"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import NinjaAPI

from recado.api.v1 import groups
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
