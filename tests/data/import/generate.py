#!/usr/bin/python3
"""Makes the small networks of this folder: /usr/bin/python3 generate.py [FOLDER]. Needs python3-onnx, which is
also the oracle: check_model and shape inference must agree to each file."""
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh, shape_inference

folder = sys.argv[1] if len(sys.argv) > 1 else "."


def value(name, shape, kind=T.FLOAT):
    return h.make_tensor_value_info(name, kind, shape)


def weight(name, *shape, kind=np.float32):
    return nh.from_array(np.zeros(shape, kind), name)


def ints(name, *values):
    return nh.from_array(np.array(values, np.int64), name)


def save(name, nodes, inputs, outputs, weights, opset=13, check=True, declared=(), extra=()):
    graph = h.make_graph(nodes, name, inputs, outputs, weights, value_info=list(declared))
    sets = [h.make_operatorsetid("", opset)] + [h.make_operatorsetid(d, 1) for d in extra]
    model = h.make_model(graph, producer_name="generate.py", opset_imports=sets)
    if check:
        onnx.checker.check_model(model)
        shape_inference.infer_shapes(model, strict_mode=True)
    onnx.save(model, f"{folder}/{name}.onnx")


def convolutions():
    """3x32x32 through a dense, a depthwise, a grouped, a dilated and a transposed convolution."""
    nodes = [
        h.make_node("Conv", ["x", "w1", "b1"], ["a"], "dense", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
        h.make_node("Relu", ["a"], ["ar"], "relu"),
        h.make_node("Conv", ["ar", "w2"], ["b"], "depthwise", group=8, pads=[1, 1, 1, 1]),
        h.make_node("BatchNormalization", ["b", "s", "o", "m", "v"], ["bn"], "norm"),
        h.make_node("Clip", ["bn", "zero", "six"], ["c"], "clip"),
        h.make_node("Conv", ["c", "w3"], ["d"], "grouped", group=2, auto_pad="SAME_UPPER"),
        h.make_node("Conv", ["d", "w4"], ["e"], "dilated", dilations=[2, 2]),
        h.make_node("ConvTranspose", ["e", "w5", "b5"], ["f"], "transposed", strides=[2, 2], pads=[1, 1, 1, 1],
                    output_padding=[1, 1]),
        h.make_node("Add", ["f", "f"], ["g"], "add"),
        h.make_node("MaxPool", ["g"], ["p"], "pool", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
        h.make_node("GlobalAveragePool", ["p"], ["q"], "global"),
        h.make_node("Flatten", ["q"], ["r"], "flatten"),
        h.make_node("Gemm", ["r", "w6", "b6"], ["t"], "dense_layer", transB=1),
        h.make_node("Softmax", ["t"], ["y"], "softmax"),
    ]
    weights = [weight("w1", 8, 3, 3, 3), weight("b1", 8), weight("w2", 8, 1, 3, 3), weight("s", 8), weight("o", 8),
               weight("m", 8), weight("v", 8), weight("zero"), weight("six"), weight("w3", 16, 4, 3, 3),
               weight("w4", 16, 16, 3, 3), weight("w5", 16, 4, 3, 3), weight("b5", 4), weight("w6", 10, 4),
               weight("b6", 10)]
    save("convolutions", nodes, [value("x", [1, 3, 32, 32])], [value("y", [1, 10])], weights)


def dynamic():
    """A PyTorch export: sizes computed in the graph, the batch and the width open."""
    nodes = [
        h.make_node("Conv", ["x", "w"], ["c"], "conv", pads=[1, 1, 1, 1]),
        h.make_node("Shape", ["c"], ["shape"], "shape"),
        h.make_node("Gather", ["shape", "zero"], ["n"], "batch_of"),
        h.make_node("Unsqueeze", ["n", "axis"], ["n1"], "list"),
        h.make_node("Slice", ["shape", "two", "four", "axis"], ["hw"], "spatial"),
        h.make_node("Mul", ["hw", "double"], ["hw2"], "doubled"),
        h.make_node("Cast", ["hw2"], ["hw2c"], "cast", to=T.INT64),
        h.make_node("Slice", ["shape", "axis", "two", "axis"], ["nc"], "front"),
        h.make_node("Concat", ["nc", "hw2c"], ["sizes"], "sizes", axis=0),
        h.make_node("Resize", ["c", "", "", "sizes"], ["up"], "up", mode="nearest"),
        h.make_node("Concat", ["n1", "rest"], ["target"], "target", axis=0),
        h.make_node("Reshape", ["up", "target"], ["flat"], "flat"),
        h.make_node("ReduceMean", ["flat"], ["y"], "mean", axes=[2], keepdims=0),
    ]
    weights = [weight("w", 4, 3, 3, 3), ints("axis", 0), ints("two", 2), ints("four", 9223372036854775807),
               ints("double", 2, 2), ints("rest", 4, -1), nh.from_array(np.array(0, np.int64), "zero")]
    save("dynamic", nodes, [value("x", ["batch", 3, 16, "width"])], [value("y", ["batch", 4])], weights)


def attention():
    """Tokens through a table, a product of activations, a transposed weight that is the table again, an LSTM."""
    nodes = [
        h.make_node("Gather", ["table", "ids"], ["e"], "embed"),
        h.make_node("MatMul", ["e", "wq"], ["q"], "query"),
        h.make_node("MatMul", ["e", "wk"], ["k"], "key"),
        h.make_node("Transpose", ["k"], ["kt"], "turn", perm=[0, 2, 1]),
        h.make_node("MatMul", ["q", "kt"], ["s"], "scores"),
        h.make_node("Softmax", ["s"], ["p"], "softmax", axis=-1),
        h.make_node("MatMul", ["p", "e"], ["o"], "mix"),
        h.make_node("LayerNormalization", ["o", "scale", "shift"], ["l"], "norm"),
        h.make_node("Transpose", ["table"], ["tt"], "tied"),
        h.make_node("MatMul", ["l", "tt"], ["logits"], "head"),
        h.make_node("Transpose", ["l"], ["steps"], "by_step", perm=[1, 0, 2]),
        h.make_node("LSTM", ["steps", "W", "R", "B"], ["", "last"], "lstm", hidden_size=5),
    ]
    weights = [weight("table", 50, 8), weight("wq", 8, 8), weight("wk", 8, 8), weight("scale", 8), weight("shift", 8),
               weight("W", 1, 20, 8), weight("R", 1, 20, 5), weight("B", 1, 40)]
    save("attention", nodes, [value("ids", [1, 6], T.INT64)], [value("logits", [1, 6, 50]), value("last", [1, 1, 5])],
         weights, opset=17)


def quantized():
    """int8 weights behind DequantizeLinear, and the QLinear operators."""
    u8, one = np.uint8, ["sc", "zp"]
    nodes = [
        h.make_node("QuantizeLinear", ["x"] + one, ["xq"], "quantize"),
        h.make_node("QLinearConv", ["xq"] + one + ["w"] + one + one + ["b"], ["c"], "conv", pads=[1, 1, 1, 1]),
        h.make_node("DequantizeLinear", ["c"] + one, ["f"], "dequantize"),
        h.make_node("DequantizeLinear", ["w2"] + one, ["wf"], "weights"),
        h.make_node("Conv", ["f", "wf"], ["g"], "conv2"),
        h.make_node("Reshape", ["g", "rows"], ["r"], "rows_of"),
        h.make_node("QuantizeLinear", ["r"] + one, ["rq"], "again"),
        h.make_node("QLinearMatMul", ["rq"] + one + ["m"] + one + one, ["y"], "product"),
    ]
    weights = [weight("sc"), weight("zp", kind=u8), weight("w", 4, 2, 3, 3, kind=u8), weight("b", 4, kind=np.int32),
               weight("w2", 6, 4, 1, 1, kind=u8), ints("rows", 1, -1), weight("m", 384, 3, kind=u8)]
    save("quantized", nodes, [value("x", [1, 2, 8, 8])], [value("y", [1, 3], T.UINT8)], weights)


def branch(name, nodes, output):
    return h.make_graph(nodes, name, [], [value(output, None)])


def branches():
    """A network inside an If, whose condition is a number that goes in."""
    small = branch("small", [h.make_node("MatMul", ["x", "w"], ["t"], "small_product")], "t")
    large = branch("large", [h.make_node("Concat", ["x", "x"], ["xx"], "twice", axis=0),
                             h.make_node("MatMul", ["xx", "w"], ["e"], "large_product")], "e")
    nodes = [h.make_node("Equal", ["rate", "k"], ["is"], "asks"),
             h.make_node("If", ["is"], ["y"], "choice", then_branch=small, else_branch=large)]
    save("branches", nodes, [value("x", [2, 4]), value("rate", [], T.INT64)], [value("y", None)],
         [weight("w", 4, 3), nh.from_array(np.array(16000, np.int64), "k")], check=False)


def refused():
    x, y = value("x", [2, 4]), value("y", None)
    w = weight("w", 4, 3)
    save("unknown", [h.make_node("MatMul", ["x", "w"], ["a"], "product"),
                     h.make_node("Frobnicate", ["a"], ["y"], "own", domain="example")], [x],
         [value("y", [2, 3])], [w], check=False, extra=["example"])
    save("unknown-shape", [h.make_node("Frobnicate", ["x"], ["a"], "own", domain="example"),
                           h.make_node("MatMul", ["a", "w"], ["y"], "product")], [x], [y], [w], check=False,
         extra=["example"])
    save("einsum", [h.make_node("Einsum", ["x", "w"], ["y"], "sum", equation="ij,jk->ik")], [x], [y], [w], check=False)
    body = h.make_graph([h.make_node("Identity", ["c"], ["co"]), h.make_node("Relu", ["v"], ["vo"])], "body",
                        [value("i", [], T.INT64), value("c", [], T.BOOL), value("v", [2, 4])],
                        [value("co", [], T.BOOL), value("vo", [2, 4])])
    save("loop", [h.make_node("Loop", ["n", "", "x"], ["y"], "again", body=body)], [x, value("n", [], T.INT64)], [y],
         [], check=False)
    save("misfit", [h.make_node("MatMul", ["x", "w"], ["y"], "product")], [x], [y], [weight("w", 5, 3)], check=False)
    save("old", [h.make_node("Relu", ["x"], ["y"])], [x], [y], [], opset=6, check=False)


class Flat:
    """FlatBuffers, written front to back: children after their parents, offsets patched."""

    def __init__(self):
        self.out = bytearray(struct.pack("<I4s", 0, b"TFL3"))

    def here(self, at):
        while len(self.out) % 4:
            self.out += b"\0"
        struct.pack_into("<I", self.out, at, len(self.out) - at)

    def table(self, at, fields):
        """fields: number -> (format, value) or a function that writes the child at its offset."""
        last = max(fields) if fields else -1
        slots, size = {}, 4
        for f in sorted(fields):
            slots[f], size = size, size + 4
        table = bytearray(struct.pack("<HH", 4 + 2 * (last + 1), size))
        table += b"".join(struct.pack("<H", slots.get(f, 0)) for f in range(last + 1))
        while (len(self.out) + len(table)) % 4:
            table += b"\0"
        while len(self.out) % 4:
            self.out += b"\0"
        list_at = len(self.out)
        self.out += table
        struct.pack_into("<I", self.out, at, len(self.out) - at)
        here = len(self.out)
        self.out += struct.pack("<i", here - list_at) + b"\0" * (size - 4)
        for f, v in sorted(fields.items()):
            if callable(v):
                v(here + slots[f])
            else:
                struct.pack_into("<" + v[0], self.out, here + slots[f], v[1])

    def ints(self, values):
        def write(at):
            self.here(at)
            self.out += struct.pack(f"<I{len(values)}i", len(values), *values)
        return write

    def data(self, raw):
        def write(at):
            self.here(at)
            self.out += struct.pack("<I", len(raw)) + raw + b"\0"
        return write

    def tables(self, rows):
        def write(at):
            self.here(at)
            first = len(self.out) + 4
            self.out += struct.pack("<I", len(rows)) + b"\0" * 4 * len(rows)
            for i, row in enumerate(rows):
                self.table(first + 4 * i, row)
        return write


def tflite(name, codes, tensors, operators, inputs, outputs):
    """codes: (number, custom name); tensors: (name, shape, type, constant); operators: (code, in, out, options)."""
    f = Flat()
    buffers = [{}] + [{0: f.data(b"\0" * 4)} for t in tensors if t[3]]
    constants = iter(range(1, len(buffers)))
    rows = []
    for label, shape, kind, constant in tensors:
        rows.append({0: f.ints(shape), 1: ("B", kind), 2: ("I", next(constants) if constant else 0),
                     3: f.data(label.encode())})
    code_rows = []
    for number, own in codes:
        row = {0: ("b", min(number, 127)), 3: ("i", number)}
        if own:
            row[1] = f.data(own.encode())
        code_rows.append(row)

    def options(fields):
        return lambda at: f.table(at, {k: ("i", v) for k, v in fields.items()})

    graph = {0: f.tables(rows), 1: f.ints(inputs), 2: f.ints(outputs),
             3: f.tables([{0: ("I", c), 1: f.ints(i), 2: f.ints(o), 4: options(p)} for c, i, o, p in operators])}
    f.table(0, {0: ("I", 3), 1: f.tables(code_rows), 2: f.tables([graph]), 3: f.data(b"generate.py"),
                4: f.tables(buffers)})
    with open(f"{folder}/{name}.tflite", "wb") as file:
        file.write(f.out)


def lite():
    codes = [(3, ""), (4, ""), (1, ""), (22, ""), (9, ""), (150, ""), (25, ""), (32, "Frobnicate"), (67, "")]
    tensors = [("x", [1, 16, 16, 3], 0, False), ("w1", [8, 3, 3, 3], 0, True), ("b1", [8], 0, True),
               ("a", [1, 8, 8, 8], 0, False), ("w2", [1, 3, 3, 8], 0, True), ("b", [1, 8, 8, 8], 0, False),
               ("p", [1, 4, 4, 8], 0, False), ("r", [1, 128], 0, False), ("w3", [10, 128], 0, True),
               ("t", [1, 10], 0, False), ("g", [1, 10], 0, False), ("y", [1, 10], 0, False),
               ("z", [1, 10], 0, False), ("size", [4], 2, True), ("w4", [4, 2, 2, 8], 0, True),
               ("u", [1, 16, 16, 4], 0, False)]
    conv = {0: 0, 1: 2, 2: 2, 3: 1}
    operators = [(0, [0, 1, 2], [3], conv), (1, [3, 4, -1], [5], {0: 0, 1: 1, 2: 1, 3: 1, 4: 3}),
                 (2, [5], [6], {0: 0, 1: 2, 2: 2, 3: 2, 4: 2}), (3, [6], [7], {}), (4, [7, 8, -1], [9], {}),
                 (5, [9], [10], {}), (6, [10], [11], {}), (8, [13, 14, 3], [15], {0: 0, 1: 2, 2: 2})]
    tflite("lite", codes, tensors, operators, [0], [11, 15])
    tflite("lite-custom", codes, tensors, operators + [(7, [11], [12], {})], [0], [12])


convolutions()
dynamic()
attention()
quantized()
branches()
refused()
lite()
