"""Bytes of files, named by their SHA-256: written as a stream, durable before any row names them, swept away when none does.

What belongs here: places that hold bytes, and choosing one by the configuration. What does not: rows, what the bytes are, who may see them
(`apps.media`, `apps.mms`).
"""
