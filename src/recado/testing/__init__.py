"""Twins and tools for tests, shipped so that users can test against Recado as we do.

What belongs here: in-memory twins of ports, a fake message centre, ways to receive without a gateway.
What does not: behaviour of the product.
"""
