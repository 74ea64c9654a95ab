"""Dialogues: the exchange between one number and one phone."""
