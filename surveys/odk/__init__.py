"""ODK and KoboToolbox: a criteria set as an XLSForm, and submissions made with it taken in as surveys.

Form: names, words, rows → questions, measuring, closing, choices (with expressions: the score) → xlsform → book.
Submissions: sources (files, ZIP) → instances (XML), tables (CSV, .xlsx) → documents → arriving.
"""
