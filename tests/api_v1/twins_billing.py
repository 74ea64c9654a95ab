"""What a program does in place of the panel's pages of plan and billing."""

CONSOLE = "a page of the operator's console: the API is for customers' programs"
TWINS = {
    "billing": ["get_billing", "list_invoices"],
    "billing-alerts": ["set_credit_alerts"],
    "billing-plan": ["list_plans", "preview_plan", "ask_for_plan"],
    "invoice-file": ["get_invoice", "download_invoice"],
    "statement": ["list_statements", "get_statement"],
    "statement-export": ["export_statement"],
    "operator-billing": CONSOLE,
    "operator-billing-compute": CONSOLE,
    "operator-billing-run": CONSOLE,
    "operator-billing-post": CONSOLE,
    "operator-plan-request-settle": CONSOLE,
    "operator-billing-seller": CONSOLE,
    "operator-invoices": CONSOLE,
    "operator-invoice": CONSOLE,
    "operator-invoice-file": CONSOLE,
    "operator-invoice-paid": CONSOLE,
    "operator-invoice-correct": CONSOLE,
    "operator-account-money": CONSOLE,
    "operator-account-top-up": CONSOLE,
    "operator-account-adjust": CONSOLE,
}
