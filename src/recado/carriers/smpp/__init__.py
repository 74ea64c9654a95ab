"""Carriers that speak SMPP 3.4: settings of a connection, messages and receipts out of PDUs, outgoing texts into PDUs.

Here belong the tables that say what a carrier's words mean. Not here: octets on the wire (protocols.smpp), links (gateway).
"""
