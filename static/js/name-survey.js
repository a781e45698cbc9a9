// The tablet names its records: the survey about to be started gets its UUID here; the server's own stands without.
for (const form of document.querySelectorAll('form[data-names]')) {
  if (crypto.randomUUID) form.elements.id.value = crypto.randomUUID()
}
