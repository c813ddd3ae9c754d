"""The plan's own tables (表) as values, from the definition and the register's state. Pure.

``table_books`` names every workbook and its builder; a builder takes plan and register and returns the tables of its
book, a module a book (``matrix`` with ``matrix_cells``, ``matrix_grid`` and ``matrix_departments``; ``from_data`` for
tables that ship as data). ``reports`` and ``respondents`` are for the secretariat, ``number_proposal`` and
``comparison`` for versions. ``building_blocks``, ``field_groups`` and ``field_text`` are what they share.
Use cases choose, ``excel`` writes.
"""
