chiproof plot efficiency coverage --where vendor=Hailo --dump
