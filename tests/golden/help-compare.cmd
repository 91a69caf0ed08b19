chiproof compare --help
