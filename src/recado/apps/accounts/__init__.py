"""Accounts, their people and their API users: who may see and do what."""
