"""Makes digits.onnx, digits.h5, digits.json, weights-only.h5 and keras3.h5 beside this file.

A multi-layer perceptron is trained with scikit-learn 1.2.1 on its own handwritten digits (8 x 8).
weights-only.h5 is what save_weights leaves, keras3.h5 what Keras 3 writes as .h5 (both without
numbers that matter). The same weights go into an ONNX file (written with onnx 1.12) and into a Keras 2 HDF5 file
(written with h5py 3.7 in the layout that Keras 2.x saves); the probabilities in the JSON file are
scikit-learn's. Debian: apt install python3-sklearn python3-onnx python3-h5py; then
    /usr/bin/python3 make_models.py
"""
import json
import os

import h5py
import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

here = os.path.dirname(os.path.abspath(__file__))
data = load_digits()
x = (data.data / 16.0).astype(np.float32)
net = MLPClassifier((24,), max_iter=200, random_state=1).fit(x[:1500], data.target[:1500])
w1, w2 = (w.astype(np.float32) for w in net.coefs_)
b1, b2 = (b.astype(np.float32) for b in net.intercepts_)

graph = helper.make_graph(
    [
        helper.make_node("Flatten", ["image"], ["flat"], axis=1),
        helper.make_node("Gemm", ["flat", "w1", "b1"], ["h"]),
        helper.make_node("Relu", ["h"], ["r"]),
        helper.make_node("Gemm", ["r", "w2", "b2"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ],
    "digits",
    [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, 8, 8])],
    [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", 10])],
    [numpy_helper.from_array(v, n) for v, n in [(w1, "w1"), (b1, "b1"), (w2, "w2"), (b2, "b2")]],
)
save(
    helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8),
    os.path.join(here, "digits.onnx"),
)

def dense(name, units, activation, **more):
    config = {"name": name, "trainable": True, "dtype": "float32", "units": units,
              "activation": activation, "use_bias": True,
              "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}},
              "bias_initializer": {"class_name": "Zeros", "config": {}},
              "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None,
              "kernel_constraint": None, "bias_constraint": None}
    config.update(more)
    return {"class_name": "Dense", "config": config}

with h5py.File(os.path.join(here, "digits.h5"), "w") as f:
    f.attrs["keras_version"] = np.string_("2.4.3")
    f.attrs["backend"] = np.string_("tensorflow")
    f.attrs["model_config"] = np.string_(json.dumps({"class_name": "Sequential", "config": {
        "name": "digits", "layers": [
            dense("dense", 24, "relu", batch_input_shape=[None, 64]),
            dense("dense_1", 10, "softmax")]}}))
    group = f.create_group("model_weights")
    group.attrs["layer_names"] = np.array([b"dense", b"dense_1"])
    group.attrs["backend"] = np.string_("tensorflow")
    group.attrs["keras_version"] = np.string_("2.4.3")
    for name, w, b in [("dense", w1, b1), ("dense_1", w2, b2)]:
        layer = group.create_group(name)
        names = [f"{name}/kernel:0".encode(), f"{name}/bias:0".encode()]
        layer.attrs["weight_names"] = np.array(names)
        layer.create_dataset(f"{name}/kernel:0", data=w)
        layer.create_dataset(f"{name}/bias:0", data=b)

shown = x[1500:1508]
with open(os.path.join(here, "digits.json"), "w") as f:
    json.dump({"inputs": shown.round(4).tolist(),
               "labels": data.target[1500:1508].tolist(),
               "probabilities": net.predict_proba(shown).round(7).tolist()}, f)
print("accuracy", net.score(x[1500:], data.target[1500:]))

with h5py.File(os.path.join(here, "weights-only.h5"), "w", libver="latest") as f:
    f.attrs["layer_names"] = np.array([b"dense"])
    f.create_group("dense").create_dataset("kernel:0", data=np.zeros((2, 2), np.float32))

def keras3(class_name, name, **more):
    policy = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"},
              "registered_name": None}
    return {"module": "keras.layers", "class_name": class_name, "registered_name": None,
            "config": {"name": name, "trainable": True, "dtype": policy, **more}}

with h5py.File(os.path.join(here, "keras3.h5"), "w", libver="latest") as f:
    f.attrs["keras_version"] = "3.4.1"
    f.attrs["backend"] = "tensorflow"
    f.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {
        "name": "digits", "trainable": True,
        "dtype": keras3("", "")["config"]["dtype"], "layers": [
            {"module": "keras.layers", "class_name": "InputLayer", "registered_name": None,
             "config": {"batch_shape": [None, 64], "dtype": "float32", "sparse": False,
                        "name": "input_layer"}},
            keras3("Dense", "dense", units=10, activation="softmax", use_bias=True),
        ], "build_input_shape": [None, 64]}})
    f.create_group("model_weights").attrs["layer_names"] = np.array([b"input_layer", b"dense"])
