load common

@test "what binds has elasticity 1, and turns where predict says so" {
    runs 0 sensitivity hailo-8 resnet-50 --json
    json 'd["schema"] == "chiproof/sensitivity/1" and d["figures"][0]["field"] == "peak.int8.dense"'
    json 'abs(d["figures"][0]["elasticity"]["more"] - 1) < 1e-6 and d["limiter"] == "compute"'
    json 'd["figures"][0]["turn_above"]["binds"] == "host link"'
    bound=$(value 'd["throughput"]["bound"]')
    runs 0 predict hailo-8 resnet-50 --json
    json "d['throughput']['bound'] == $bound"
}

@test "what is missing has a threshold, what is doubtful a range" {
    runs 0 sensitivity metis llama-3.1-8b
    holds "dram.bandwidth is not published: below 101 TB/s the bound would be lower"
    holds "The doubtful figure that matters most: peak.int8.dense of metis"
    runs 0 sensitivity metis llama-3.1-8b --json
    json '{f["field"]: f.get("changes") for f in d["figures"]}["dram.bandwidth"] == "below" and d["doubt"] == "peak.int8.dense"'
    json 'd["figures"][0]["sources"]["low"] < d["figures"][0]["sources"]["high"]'
}

@test "the figure that turns two chips makes them equal" {
    runs 0 sensitivity a100-sxm-80gb l40s bert-large --batch 8 --json
    json 'd["ahead"] == "b" and d["turned_by"]["field"] == "peak.int8.dense"'
    json '(lambda a, b: abs(a["figures"][0]["flip"] / b["figures"][0]["value"] - 1) < 1e-9)(d["a"], d["b"])'
    runs 0 sensitivity a100-sxm-80gb l40s bert-large --format csv
    [ "$(head -n 1 <<<"$output" | tr ',' '\n' | wc -l)" -eq 19 ]
}

@test "wrong use of sensitivity is told" {
    runs 2 sensitivity hailo-8
    runs 2 sensitivity hailo-8 metis hailo-15h resnet-50
}

@test "a refusal stays a refusal in sensitivity" {
    runs 1 sensitivity groqchip llama-3.1-8b --json
    says "would hold it"
    json 'd["error"]["code"] == "does_not_fit"'
    runs 1 sensitivity hailo-8 metsi resnet-50
    says "metis"
}
