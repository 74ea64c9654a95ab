"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import Swagger

from recado.api.v1 import (
    autoresponder_actions,
    autoresponders,
    blocked_senders,
    contacts,
    deliveries,
    forward_actions,
    forward_phones,
    forward_secrets,
    forwards,
    groups,
    import_checking,
    imports,
    members,
    opt_outs,
    paused_answers,
    personal_data,
    sender_names,
    texts,
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
api.add_router("/contacts", contacts.router)
api.add_router("/contacts", personal_data.router)
api.add_router("/consents", personal_data.consents_router)
api.add_router("/groups", groups.router)
api.add_router("/groups", members.router)
api.add_router("/imports", imports.router)
api.add_router("/imports", import_checking.router)
api.add_router("/opt-outs", opt_outs.router)
api.add_router("/blocked-senders", blocked_senders.router)
api.add_router("/forwards", forwards.router)
api.add_router("/forwards", forward_actions.router)
api.add_router("/forwards", forward_phones.router)
api.add_router("/forwards", forward_secrets.router)
api.add_router("/deliveries", deliveries.router)
api.add_router("/autoresponders", autoresponders.router)
api.add_router("/autoresponders", autoresponder_actions.router)
api.add_router("/paused-answers", paused_answers.router)
api.add_router("/texts", texts.router)
api.add_router("/sender-names", sender_names.router)
