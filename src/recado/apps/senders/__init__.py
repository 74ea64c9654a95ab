"""Sender names: what accounts may send under instead of a number, once the operator approved it."""
