"""Import of lists into the register, from the bytes of a file to rows of the database.

Pure, lowest first: `issues`; `legacy`, `delimited`, `reading` (the file); `cells`, `kinds`, `figures`, `codes`, `days`,
`contacts` (one cell); `fields`, `columns` (the headings); `unit_names`, `places`, `lines`, `entries` (one line);
`matching`, `planning`, `previews` (the whole). With the database: `lookups` (reads), `applying` and `uploads` (write).
For people: `words`, `showing`, `sheets`. The door is `retail.views.imports`.
"""
