"""How the documentation is built: MyST pages, one theme, nothing fetched.

What belongs here: Sphinx settings. What does not: text; that is in the pages beside this file.
"""

import recado

project = "Recado"
author = "the Recado contributors"
project_copyright = "the Recado contributors"
release = version = recado.__version__
language = "en"

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = "Recado"
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {"footer_icons": []}
