"""How the manual (手引き) is built: ``sphinx-build -W -b html docs FOLDER``; it needs no network, nor do its pages."""

project = "kohyo（個票）の手引き"
author = "kohyo"
copyright = ""
language = "ja"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"top_of_page_buttons": []}
pygments_style = "default"
