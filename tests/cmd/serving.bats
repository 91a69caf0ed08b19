load common

@test "serve holds the keys that others rely on, and says that it is a bound" {
    runs 0 serve a100-sxm-80gb llama-3.1-8b --json
    silent
    json 'd["schema"] == "chiproof/serve/1" and d["note"].startswith("Bound only")'
    json 'set(d) >= {"chip", "model", "precision", "chips", "parallel", "prompt", "context", "memory", "prefill", "decode", "rows", "warnings"}'
    json 'all(set(r) >= {"batch", "fits", "cache_bytes", "ttft_s", "tpot_s", "user_tokens_per_s", "tokens_per_s", "chip_tokens_per_s"} for r in d["rows"])'
    json 'd["rows"][-1]["fits"] is False and d["rows"][-2]["batch"] == d["memory"]["greatest_batch"]'
    runs 0 serve a100-sxm-80gb llama-3.1-8b
    holds "Bound only"
}

@test "serve and predict give one number" {
    runs 0 serve h100-sxm llama-3.1-70b --chips 4 --parallel tensor --precision fp8 --batch 16 --json
    each=$(value 'd["rows"][0]["tpot_s"]')
    all=$(value 'd["rows"][0]["tokens_per_s"]')
    runs 0 predict h100-sxm llama-3.1-70b --chips 4 --parallel tensor --precision fp8 --batch 16 --json
    json "d['tpot']['bound'] == $each and abs(d['throughput']['bound'] / $all - 1) < 1e-12"
}

@test "the greatest batch fits and the next does not" {
    runs 0 serve a100-sxm-80gb llama-3.1-8b --precision fp16 --json
    most=$(value 'd["memory"]["greatest_batch"]')
    runs 0 predict a100-sxm-80gb llama-3.1-8b --precision fp16 --batch "$most"
    runs 1 predict a100-sxm-80gb llama-3.1-8b --precision fp16 --batch "$((most + 1))"
}

@test "smaller chunks delay the first token and shorten the longest step" {
    runs 0 serve a100-sxm-80gb llama-3.1-8b --prompt 4096 --batch 8 --chunk 4096 --json
    whole=$(value 'd["rows"][0]["ttft_s"]')
    step=$(value 'd["rows"][0]["chunk_step_s"]')
    runs 0 serve a100-sxm-80gb llama-3.1-8b --prompt 4096 --batch 8 --chunk 64 --json
    json "d['rows'][0]['ttft_s'] > $whole and d['rows'][0]['chunk_step_s'] < $step"
}

@test "speculation is asked for whole, and its tokens a step are the geometric sum" {
    runs 2 serve mi300x llama-3.1-70b --draft llama-3.2-1b
    says "all three"
    runs 2 serve mi300x llama-3.1-70b --draft llama-3.2-1b --speculate 4 --acceptance 1.5
    says "from 0 to 1"
    runs 0 serve mi300x llama-3.1-70b --draft llama-3.2-1b --speculate 4 --acceptance 0.5 --json
    json 'd["speculation"]["tokens_a_step"] == 1.9375'
}

@test "what is no language model cannot be served" {
    runs 1 serve hailo-8 resnet-50
    says "no language model"
    runs 1 serve a100-sxm-80gb gpt2 --draft resnet-50 --speculate 2 --acceptance 0.5
    says "no language model"
    runs 1 serve hailo-8 resnet-50 --json
    json 'd["error"]["code"] == "unsupported"'
    runs 2 serve hailo-8
    runs 2 serve hailo-8 gpt2 --chunk 0
    says "--chunk"
}

@test "scaling stops where the batch does" {
    runs 0 scaling gc200 bert-large --batch 32 --to 64 --parallel data --json
    json 'd["schema"] == "chiproof/scaling/1" and d["enough"] == 32 and d["scaling"] == "strong"'
    json '[p["efficiency"] for p in d["points"] if p["chips"] == 64][0] == 0.5'
    runs 0 scaling gc200 bert-large --weak --to 64 --parallel data --json
    json 'all(abs(p["efficiency"] - 1) < 1e-12 for p in d["points"])'
    runs 2 scaling gc200 bert-large --weak --strong
    says "not both"
    runs 2 scaling gc200 bert-large --to 0
    runs 1 scaling groqchip llama-2-70b --to 8
    says "more than 8"
    runs 0 scaling groqchip llama-2-70b --to 400 --format csv
    holds "does_not_fit"
}

@test "chips that hold a model are found" {
    runs 0 predict groqchip llama-2-70b --chips fit --json
    json 'd["chips"] == 301'
    runs 0 predict groqchip llama-2-70b --chips 301
    runs 1 predict groqchip llama-2-70b --chips 300
    runs 0 predict groqchip llama-2-70b --chips fit --parallel best --json
    json 'd["split"]["plan"] == "pipeline"'
    runs 1 predict groqchip llama-2-70b --chips fit --parallel data
}

@test "plans are named, and what they send is a ceiling" {
    runs 0 predict a100-sxm-80gb gpt3-175b --chips 8 --parallel tensor --batch 8 --json
    json '"chip links" in [c["name"] for c in d["ceilings"]] and d["split"]["chips_together"] == 8'
    json '"link.total_bandwidth" in [i["field"] for i in d["inputs"]]'
    runs 0 predict a100-sxm-80gb gpt3-175b --chips 8 --batch 8 --json
    json '"chip links" not in [c["name"] for c in d["ceilings"]] and d["parallel"] == "ideal"'
    runs 0 predict tpu-v4 bert-large --chips 8 --parallel tensor --json
    json '"link.total_bandwidth" in d["missing"]'
    runs 2 predict a100-sxm-80gb gpt3-175b --parallel sideways
    says "expected data, pipeline, tensor"
    runs 1 predict a100-sxm-80gb llama-3.1-70b --precision fp16 --chips 8 --parallel data
    says "each chip holds all of it"
}
