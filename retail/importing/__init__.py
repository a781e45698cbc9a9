"""Import of lists into the register, from the bytes of a file to rows of the database.

Pure, lowest first: `issues`; `legacy`, `delimited`, `reading` (the file); `fields`, `columns` (the headings); `cells`,
`kinds`, `figures`, `codes`, `days`, `contacts` (one cell); `lines`, `places`, `entries` (one line); `matching`,
`planning` (the whole). With the database: `lookups` (reads), `applying` (writes). For people: `words`, `sheets`,
`views`.
"""
