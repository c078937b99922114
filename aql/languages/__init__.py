"""The words of reports, sheets and verdicts in several languages: English in the code, others in a catalogue each."""

from aql.languages.catalogue import LANGUAGES, html_language, language, marked, say, say_plural, spoken
from aql.languages.formats import day, number, numeral, weekday

__all__ = [
    "LANGUAGES",
    "day",
    "html_language",
    "language",
    "marked",
    "number",
    "numeral",
    "say",
    "say_plural",
    "spoken",
    "weekday",
]
