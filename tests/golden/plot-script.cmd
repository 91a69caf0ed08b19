chiproof plot roofline hailo-8 metis --dump
