chiproof compare halio-8 metis
