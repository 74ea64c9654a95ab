"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import Swagger

from recado.api.v1 import (
    examples,
    groups,
    keyword_details,
    keyword_files,
    keywords,
    number_kinds,
    number_orders,
    number_packages,
    numbers,
    rules,
    spellings,
    tester,
    trying_changes,
)
from recado.api.v1.description import DESCRIPTION, DescribedAPI
from recado.api.v1.passing import AnsweredError, answered
from recado.api.v1.problems import handle_problems
from recado.api.v1.reading import JsonParser

api = DescribedAPI(
    title="Recado",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url="/docs",
    openapi_url="/openapi.json",
    docs=Swagger({"validatorUrl": None, "tryItOutEnabled": True, "docExpansion": "none", "filter": True}),  # no validator: it is elsewhere
    parser=JsonParser(),
)
handle_problems(api)
api.add_exception_handler(AnsweredError, answered)
api.add_router("/groups", groups.router)
api.add_router("/numbers", numbers.router)
api.add_router("", number_kinds.router)
api.add_router("", number_orders.router)
api.add_router("/number-packages", number_packages.router)
api.add_router("", keywords.router)
api.add_router("", keyword_details.router)
api.add_router("", keyword_files.router)
api.add_router("", spellings.router)
api.add_router("", rules.router)
api.add_router("", tester.router)
api.add_router("", examples.router)
api.add_router("", trying_changes.router)
