"""SQLite: schema, migrations, and one small repository per thing stored. The only room that speaks SQL.

Repositories are modules of async functions whose first argument is a ``Connection``: one from
``Database.transaction()`` to read and write, or from ``Database.reader()`` to read.
"""
