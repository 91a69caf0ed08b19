COLUMNS=80 chiproof compare hailo-8 metis
