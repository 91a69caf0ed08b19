chiproof validate tests/bad/specs/unknown-key.json tests/bad/specs/duplicate-key.json tests/good/specs/everything.json
