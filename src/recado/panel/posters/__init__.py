"""Posters of keywords as files: one layout in millimetres, drawn as PDF, SVG and PNG.

What belongs here: the formats, where everything stands (`layout`), and the three ways to draw it. What does not: requests and who may see a
poster (`panel.keywords.poster`).
"""
