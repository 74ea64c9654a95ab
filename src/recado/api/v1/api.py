"""The API as a whole: its description and its resources.

What belongs here: one line for each resource. What does not: any route.
"""

from ninja import Swagger

from recado.api.v1 import (
    activity,
    attachments,
    autoresponder_actions,
    autoresponders,
    billing,
    billing_documents,
    billing_plans,
    blocked_senders,
    board_posts,
    boards,
    campaign_estimate,
    campaign_people,
    campaign_report,
    campaign_sending,
    campaigns,
    code_pools,
    company,
    contacts,
    contest_draws,
    contest_entries,
    contest_winners,
    contests,
    conversation_changes,
    conversation_messages,
    conversation_people,
    conversations,
    days_off,
    deliveries,
    examples,
    forward_actions,
    forward_phones,
    forward_secrets,
    forwards,
    groups,
    hours,
    import_checking,
    imports,
    invitations,
    keyword_details,
    keyword_files,
    keywords,
    labels,
    media_files,
    members,
    number_kinds,
    number_orders,
    number_packages,
    numbers,
    opt_outs,
    paused_answers,
    personal_data,
    pool_codes,
    received_messages,
    retention,
    rules,
    sender_names,
    sendings,
    sent_messages,
    spellings,
    statistics,
    survey_actions,
    survey_results,
    surveys,
    team,
    test_messages,
    tester,
    texts,
    today,
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
api.add_router("/contacts", contacts.router)
api.add_router("/contacts", personal_data.router)
api.add_router("/consents", personal_data.consents_router)
api.add_router("/groups", groups.router)
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
api.add_router("/attachments", attachments.router)
api.add_router("/media-files", media_files.router)
api.add_router("/test-messages", test_messages.router)
api.add_router("/today", today.router)
api.add_router("/campaigns", campaigns.router)
api.add_router("/campaigns", campaign_people.router)
api.add_router("/campaigns", campaign_estimate.router)
api.add_router("/campaigns", campaign_sending.router)
api.add_router("/campaigns", campaign_report.router)
api.add_router("/boards", boards.router)
api.add_router("/boards", board_posts.router)
api.add_router("/code-pools", code_pools.router)
api.add_router("/code-pools", pool_codes.router)
api.add_router("/contests", contests.router)
api.add_router("/contests", contest_entries.router)
api.add_router("/contests", contest_draws.router)
api.add_router("/contests", contest_winners.router)
api.add_router("/statistics", sendings.router)
api.add_router("/statistics", statistics.router)
api.add_router("/billing", billing.router)
api.add_router("/billing", billing_plans.router)
api.add_router("/billing", billing_documents.router)
api.add_router("/settings", company.router)
api.add_router("/settings", hours.router)
api.add_router("/settings", days_off.router)
api.add_router("/settings", retention.router)
api.add_router("/team", team.router)
api.add_router("/team", invitations.router)
api.add_router("/activity", activity.router)
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
api.add_router("/forwards", forwards.router)
api.add_router("/forwards", forward_actions.router)
api.add_router("/forwards", forward_phones.router)
api.add_router("/forwards", forward_secrets.router)
api.add_router("/deliveries", deliveries.router)
api.add_router("/autoresponders", autoresponders.router)
api.add_router("/autoresponders", autoresponder_actions.router)
api.add_router("/paused-answers", paused_answers.router)
api.add_router("/surveys", surveys.router)
api.add_router("/surveys", survey_actions.router)
api.add_router("/surveys", survey_results.router)
api.add_router("/texts", texts.router)
api.add_router("/sender-names", sender_names.router)
