chiproof --help
