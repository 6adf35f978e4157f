# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""The original's tensor names and layout against those of the published GGUF files.

The pipeline (reference_pipeline.py) knows the original's layout only. What published files do
differently is here: other names, Q and K rows reordered for interleaved RoPE, the tower's last block
and final norm left out, and ffn_up/ffn_down of the tower the wrong way round.
"""
import numpy as np

LANGUAGE = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
LANGUAGE_BLOCK = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
VISION = {
    "embeddings.class_embedding": "v.class_embd",
    "embeddings.patch_embedding.weight": "v.patch_embd.weight",
    "embeddings.position_embedding.weight": "v.position_embd.weight",
    "pre_layrnorm.weight": "v.pre_ln.weight", "pre_layrnorm.bias": "v.pre_ln.bias",
}
VISION_BLOCK = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.out_proj": "attn_out", "layer_norm1": "ln1", "layer_norm2": "ln2",
    "mlp.fc1": "ffn_down", "mlp.fc2": "ffn_up",  # historic: the names say the opposite
}
PROJECTOR_V2 = {"mlp.mlp.": "model.mlp.", "peg.peg.": "model.peg."}


def interleave(weight, n_heads):
    """Rows of one head from [first half, second half] to pairs next to each other."""
    rows, cols = weight.shape
    halves = weight.reshape(n_heads, 2, rows // n_heads // 2, cols)
    return halves.swapaxes(1, 2).reshape(rows, cols)


def deinterleave(weight, n_heads):
    rows, cols = weight.shape
    pairs = weight.reshape(n_heads, rows // n_heads // 2, 2, cols)
    return pairs.swapaxes(1, 2).reshape(rows, cols)


def language_names(n_layers):
    """Pairs of (original name, GGUF name, heads to reorder by: q, k or none)."""
    for ours, theirs in LANGUAGE.items():
        yield ours, theirs, None
    for i in range(n_layers):
        for ours, theirs in LANGUAGE_BLOCK.items():
            yield (f"model.layers.{i}.{ours}.weight", f"blk.{i}.{theirs}.weight",
                   {"attn_q": "q", "attn_k": "k"}.get(theirs))


def vision_names(n_layers):
    yield from VISION.items()
    for i in range(n_layers):
        for ours, theirs in VISION_BLOCK.items():
            for part in ("weight", "bias"):
                yield f"encoder.layers.{i}.{ours}.{part}", f"v.blk.{i}.{theirs}.{part}"


def projector_name(name, kind):
    """GGUF's name of the projector tensor that the original calls model.mm_projector.<name>."""
    if kind == "ldpv2":
        for ours, theirs in PROJECTOR_V2.items():
            name = name.replace(ours, theirs)
    if kind == "linear":
        name = "0." + name
    return "mm." + name


def stored(array, as_vector):
    return array.astype(np.float32 if as_vector else np.float16)


def language_to_gguf(weights, config):
    heads = {"q": config["heads"], "k": config["kv_heads"]}
    tensors = {}
    for ours, theirs, reorder in language_names(config["layers"]):
        weight = weights[ours]
        if reorder:
            weight = interleave(weight, heads[reorder])
        tensors[theirs] = stored(weight, weight.ndim == 1)
    return tensors


def language_from_gguf(tensors, config):
    heads = {"q": config["heads"], "k": config["kv_heads"]}
    weights = {}
    for ours, theirs, reorder in language_names(config["layers"]):
        weight = tensors[theirs].astype(np.float64)
        weights[ours] = deinterleave(weight, heads[reorder]) if reorder else weight
    return weights


def mmproj_to_gguf(tower, projector, config):
    """All but the tower's last block, which the features never pass."""
    tensors = {}
    for ours, theirs in vision_names(config["layers"] - 1):
        tensors[theirs] = stored(tower[ours], tower[ours].ndim == 1)
    for name, weight in projector.items():
        theirs = projector_name(name, config["projector"])
        flat_fc = ".fc" in name and weight.ndim == 4  # 1x1 convolutions are stored as matrices
        flat_fc |= ".block.2.0." in name
        weight = weight[:, :, 0, 0] if flat_fc else weight
        tensors[theirs] = stored(weight, weight.ndim == 1)
    return tensors


def mmproj_from_gguf(tensors, config):
    tower = {ours: tensors[theirs].astype(np.float64)
             for ours, theirs in vision_names(config["layers"] - 1)}
    projector = {}
    for theirs, weight in tensors.items():
        if not theirs.startswith("mm."):
            continue
        name = theirs[len("mm."):]
        if config["projector"] == "ldpv2":
            for ours, gguf in PROJECTOR_V2.items():
                name = name.replace(gguf, ours)
        if config["projector"] == "linear":
            name = name.removeprefix("0.")
        weight = weight.astype(np.float64)
        if (".fc" in name or ".block.2.0." in name) and weight.ndim == 2:
            weight = weight[:, :, None, None]
        projector[name] = weight
    return tower, projector
