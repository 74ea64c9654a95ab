"""What a program does in place of the panel's pages of plan and billing."""

TWINS = {
    "billing": ["get_billing", "list_invoices"],
    "billing-alerts": ["set_credit_alerts"],
    "billing-plan": ["list_plans", "preview_plan", "ask_for_plan"],
    "invoice-file": ["get_invoice", "download_invoice"],
    "statement": ["list_statements", "get_statement"],
    "statement-export": ["export_statement"],
}
