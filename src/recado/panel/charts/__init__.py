"""Charts drawn by the server: figures to shapes, which templates (`templates/panel/charts`) draw as SVG or as coloured cells of a table.

What belongs here: geometry of any chart, of plain figures and words. What does not: where figures come from, markup, colours
(`static/panel/css/charts`). Across, everything is in percent, so that a chart fills whatever width there is and its letters stay legible;
down, it is in pixels.
"""
