"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import NinjaAPI

from recado.api.v1 import (
    autoresponder_actions,
    autoresponders,
    deliveries,
    forward_actions,
    forward_phones,
    forward_secrets,
    forwards,
    groups,
    paused_answers,
    sender_names,
    texts,
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
api.add_router("/forwards", forwards.router)
api.add_router("/forwards", forward_actions.router)
api.add_router("/forwards", forward_phones.router)
api.add_router("/forwards", forward_secrets.router)
api.add_router("/deliveries", deliveries.router)
api.add_router("/autoresponders", autoresponder_actions.router)  # first: `preview` is no id
api.add_router("/autoresponders", autoresponders.router)
api.add_router("/paused-answers", paused_answers.router)
api.add_router("/texts", texts.router)
api.add_router("/sender-names", sender_names.router)
