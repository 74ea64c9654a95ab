"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import Swagger

from recado.api.v1 import (
    activity,
    billing,
    billing_documents,
    billing_plans,
    blocked_senders,
    campaign_estimate,
    campaign_people,
    campaign_report,
    campaign_sending,
    campaigns,
    company,
    contacts,
    conversation_changes,
    conversation_messages,
    conversation_people,
    conversations,
    days_off,
    groups,
    hours,
    import_checking,
    imports,
    invitations,
    labels,
    members,
    opt_outs,
    personal_data,
    received_messages,
    sendings,
    sent_messages,
    team,
    test_messages,
    today,
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
api.add_router("/campaigns", campaigns.router)
api.add_router("/campaigns", campaign_people.router)
api.add_router("/campaigns", campaign_estimate.router)
api.add_router("/campaigns", campaign_sending.router)
api.add_router("/campaigns", campaign_report.router)
api.add_router("/statistics", sendings.router)
api.add_router("/billing", billing.router)
api.add_router("/billing", billing_plans.router)
api.add_router("/billing", billing_documents.router)
api.add_router("/settings", company.router)
api.add_router("/settings", hours.router)
api.add_router("/settings", days_off.router)
api.add_router("/team", team.router)
api.add_router("/team", invitations.router)
api.add_router("/activity", activity.router)
api.add_router("/groups", members.router)
api.add_router("/imports", imports.router)
api.add_router("/imports", import_checking.router)
api.add_router("/opt-outs", opt_outs.router)
api.add_router("/blocked-senders", blocked_senders.router)
api.add_router("/conversations", conversations.router)
api.add_router("/conversations", conversation_messages.router)
api.add_router("/conversations", conversation_changes.router)
api.add_router("/conversations", conversation_people.router)
api.add_router("/labels", labels.router)
api.add_router("/messages", sent_messages.router)
api.add_router("/messages", received_messages.router)
api.add_router("/test-messages", test_messages.router)
api.add_router("/today", today.router)
