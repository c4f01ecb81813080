"""The week as a picture, a chart, a PDF and a calendar file.

Pure functions from nouns to bytes, with no clock and no database. They take up to a second of processor time, so callers
use ``asyncio.to_thread``. Nothing personal is drawn: no name, weight, target weight or restriction.
"""
