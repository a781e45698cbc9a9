"""ODK and KoboToolbox: a criteria set as an XLSForm, and submissions made with it taken in as surveys.

Form: names, words, rows, xpath → questions, measuring (repeats), closing (expressions: the score), choices → xlsform
→ book. Submissions: sources (files, ZIP) → instances (XML), tables (CSV, .xlsx) → documents, media → arriving.
"""
