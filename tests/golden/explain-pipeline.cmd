chiproof explain groqchip llama-2-70b --chips 400 --parallel pipeline --batch 16
