"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import Swagger

from recado.api.v1 import (
    activity,
    billing,
    billing_documents,
    billing_plans,
    campaign_estimate,
    campaign_people,
    campaign_report,
    campaign_sending,
    campaigns,
    company,
    days_off,
    groups,
    hours,
    invitations,
    sendings,
    team,
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
