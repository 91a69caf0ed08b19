chiproof predict groqchip llama-3.1-8b
