chiproof show tests/good/specs/everything.json
