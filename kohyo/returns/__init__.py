"""Returns (回収票): one story, pure, read from top to bottom.

``identify`` tells which form a book is, ``pair`` which sheet is which, ``validate`` what can be trusted
(``parse_value`` reads one value, ``older_form`` allows for forms of earlier versions), ``compare_sheet`` what
changed against what went out, ``read_return`` puts these together. Then ``supersede`` weighs the rounds,
``submission_status`` says where each respondent stands, and ``correction_requests`` what to ask again.
"""
