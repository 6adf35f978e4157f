# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Writes a trained model in the published layouts.

    export.py RUN STAGE OUT    STAGE: tune or lora

OUT/huggingface/galago-tiny and .../galago-tiny-clip are laid out as mtgv's MobileVLM and OpenAI's CLIP checkpoints
(float16 and float32), OUT/gguf/ as MobileVLM's GGUF pairs: ggml-model-{f16,q8_0}.gguf, mmproj-model-f16.gguf.
"""
import json
import os
import shutil
import sys

import sentencepiece
import torch

from gguf import BOOL, F32, I32, STRING, U32, GgufWriter
from lora import add_adapters, merge_adapters
from model import MEAN, SHAPE, STD
from tokenizer import Tokenizer
from train import InstructionTraining

NAME = "Galago Tiny"
ABOUT = ("A small demonstration model, trained from scratch on generated pictures. It knows simple drawings: shapes, colors, "
         "everyday things as icons, digits, short printed words, counting to six and positions, in English and Chinese. "
         "It does not understand photographs.")


def load(run, stage):
    """The trained MobileVlm of a stage, adapters merged, on float32 weights that are rounded to float16."""
    training = InstructionTraining(Tokenizer(f"{run}/tokenizer.model"))
    if stage == "lora":
        add_adapters(training.model.llama)
    path = f"{run}/{stage}.pt" if os.path.exists(f"{run}/{stage}.pt") else f"{run}/{stage}.part.pt"
    training.load_state_dict(torch.load(path, map_location="cpu")["module"])
    model = training.model.eval()
    if stage == "lora":
        merge_adapters(model.llama)
    model.requires_grad_(False)
    for p in model.parameters():
        p.copy_(p.half().float())
    return model


def vision_weights(tower):
    """CLIP's names, without the prefix vision_model."""
    s = SHAPE
    out = {"embeddings.class_embedding": tower.class_embd,
           "embeddings.patch_embedding.weight": tower.patch_embd.weight.view(-1, 3, s.patch, s.patch),
           "embeddings.position_embedding.weight": tower.position_embd}
    for name, norm in (("pre_layrnorm", tower.pre_ln), ("post_layernorm", tower.post_ln)):
        out[f"{name}.weight"], out[f"{name}.bias"] = norm.weight, norm.bias
    for n, layer in enumerate(tower.layers):
        at = f"encoder.layers.{n}."
        q, k, v = layer.qkv.weight.chunk(3)
        qb, kb, vb = layer.qkv.bias.chunk(3)
        out |= {at + "self_attn.q_proj.weight": q, at + "self_attn.q_proj.bias": qb, at + "self_attn.k_proj.weight": k,
                at + "self_attn.k_proj.bias": kb, at + "self_attn.v_proj.weight": v, at + "self_attn.v_proj.bias": vb}
        for name, part in (("self_attn.out_proj", layer.out), ("layer_norm1", layer.ln1), ("mlp.fc1", layer.fc1),
                           ("mlp.fc2", layer.fc2), ("layer_norm2", layer.ln2)):
            out[f"{at}{name}.weight"], out[f"{at}{name}.bias"] = part.weight, part.bias
    return out


def projector_weights(ldp):
    """LDP's names in MobileVLM, from 'mlp' on."""
    out = {}
    for name, part in (("mlp.1", ldp.mlp1), ("mlp.3", ldp.mlp3)):
        out[f"{name}.weight"], out[f"{name}.bias"] = part.weight, part.bias
    for n, block in ((1, ldp.block1), (2, ldp.block2)):
        at = f"mb_block.{n}.block."
        out[at + "0.0.weight"] = block.depthwise.weight
        out[at + "2.0.weight"] = block.pointwise.weight[..., None, None]
        for name, part in (("0.1", block.ln0), ("2.1", block.ln2)):
            out[f"{at}{name}.weight"], out[f"{at}{name}.bias"] = part.weight, part.bias
        for name, part in (("1.fc1", block.fc1), ("1.fc2", block.fc2)):
            out[f"{at}{name}.weight"], out[f"{at}{name}.bias"] = part.weight[..., None, None], part.bias
    return out


def language_weights(llama):
    """LLaMA's names in Hugging Face's checkpoints."""
    out = {"model.embed_tokens.weight": llama.tok_embd.weight}
    for n, layer in enumerate(llama.layers):
        at = f"model.layers.{n}."
        for name, part in (("self_attn.q_proj", layer.q), ("self_attn.k_proj", layer.k), ("self_attn.v_proj", layer.v),
                           ("self_attn.o_proj", layer.o), ("mlp.gate_proj", layer.gate), ("mlp.up_proj", layer.up),
                           ("mlp.down_proj", layer.down), ("input_layernorm", layer.attn_norm),
                           ("post_attention_layernorm", layer.ffn_norm)):
            out[f"{at}{name}.weight"] = part.weight
    out |= {"model.norm.weight": llama.norm.weight, "lm_head.weight": llama.head.weight}
    return out


def write_huggingface(model, run, out):
    s = SHAPE
    vlm, clip = f"{out}/galago-tiny", f"{out}/galago-tiny-clip"
    for folder in (vlm, clip):
        os.makedirs(folder, exist_ok=True)

    def dump(folder, name, values):
        with open(f"{folder}/{name}", "w") as f:
            json.dump(values, f, indent=2, sort_keys=True)

    dump(vlm, "config.json", {
        "architectures": ["MobileLlamaForCausalLM"], "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0,
        "freeze_mm_mlp_adapter": False, "hidden_act": "silu", "hidden_size": s.width, "image_aspect_ratio": "pad",
        "initializer_range": 0.02, "intermediate_size": s.inner, "max_position_embeddings": s.context,
        "max_sequence_length": s.context, "mm_hidden_size": s.vision_width, "mm_projector_type": "ldpnet",
        "mm_use_im_patch_token": False, "mm_use_im_start_end": False, "mm_vision_select_feature": "patch",
        "mm_vision_select_layer": -2, "mm_vision_tower": "galago-tiny-clip", "model_type": "mobilevlm",
        "num_attention_heads": s.heads, "num_hidden_layers": s.layers, "num_key_value_heads": s.heads, "rms_norm_eps": 1e-6,
        "rope_scaling": None, "rope_theta": 10000.0, "tie_word_embeddings": False, "torch_dtype": "float16", "use_cache": True,
        "use_mm_proj": True, "vision_tower_type": "clip", "vocab_size": s.vocab})
    dump(vlm, "tokenizer_config.json", {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "legacy": True,
                                        "model_max_length": s.context, "tokenizer_class": "LlamaTokenizer"})
    dump(vlm, "generation_config.json", {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0})
    shutil.copy(f"{run}/tokenizer.model", vlm)
    weights = language_weights(model.llama) | {f"model.mm_projector.model.{k}": v
                                               for k, v in projector_weights(model.projector).items()}
    torch.save({k: v.half().contiguous() for k, v in weights.items()}, f"{vlm}/pytorch_model.bin")
    dump(clip, "preprocessor_config.json", {
        "crop_size": s.image, "do_center_crop": True, "do_normalize": True, "do_resize": True, "image_mean": MEAN,
        "image_std": STD, "resample": 3, "size": s.image, "feature_extractor_type": "CLIPFeatureExtractor"})
    dump(clip, "config.json", {"model_type": "clip", "vision_config": {
        "model_type": "clip_vision_model", "hidden_size": s.vision_width, "intermediate_size": s.vision_inner,
        "num_hidden_layers": s.vision_layers, "num_attention_heads": s.vision_heads, "num_channels": 3,
        "patch_size": s.patch, "image_size": s.image, "layer_norm_eps": 1e-5, "hidden_act": "quick_gelu",
        "projection_dim": s.vision_width}})
    torch.save({f"vision_model.{k}": v.float().contiguous() for k, v in vision_weights(model.vision).items()},
               f"{clip}/pytorch_model.bin")


def interleaved(weight, heads):
    """Rows of Q and K in GGUF's order, for rotary pairs (2i, 2i + 1) in place of (i, i + half)."""
    rows, columns = weight.shape
    return weight.view(heads, 2, rows // heads // 2, columns).transpose(1, 2).reshape(rows, columns)


def write_language_gguf(model, run, kind, path):
    s, g, llama = SHAPE, GgufWriter(), model.llama
    sp = sentencepiece.SentencePieceProcessor(model_file=f"{run}/tokenizer.model")
    g.put("general.architecture", STRING, "llama")
    g.put("general.name", STRING, NAME)
    g.put("general.description", STRING, ABOUT)
    g.put("general.license", STRING, "Apache-2.0")
    g.put("general.file_type", U32, {"f16": 1, "q8_0": 7}[kind])
    for key, value in (("context_length", s.context), ("embedding_length", s.width), ("block_count", s.layers),
                       ("feed_forward_length", s.inner), ("rope.dimension_count", s.width // s.heads),
                       ("attention.head_count", s.heads), ("attention.head_count_kv", s.heads), ("vocab_size", s.vocab)):
        g.put("llama." + key, U32, value)
    g.put("llama.attention.layer_norm_rms_epsilon", F32, 1e-6)
    g.put("tokenizer.ggml.model", STRING, "llama")
    ids = range(s.vocab)
    g.put_array("tokenizer.ggml.tokens", STRING, [sp.id_to_piece(i) for i in ids])
    g.put_array("tokenizer.ggml.scores", F32, [sp.get_score(i) for i in ids])
    g.put_array("tokenizer.ggml.token_type", I32,
                [2 if sp.is_unknown(i) else 3 if sp.is_control(i) else 6 if sp.is_byte(i) else 1 for i in ids])
    for key, value in (("unknown", 0), ("bos", 1), ("eos", 2)):
        g.put(f"tokenizer.ggml.{key}_token_id", U32, value)
    g.put("tokenizer.ggml.add_bos_token", BOOL, True)
    g.put("tokenizer.ggml.add_eos_token", BOOL, False)
    g.tensor("token_embd.weight", llama.tok_embd.weight, kind)
    for n, layer in enumerate(llama.layers):
        at = f"blk.{n}."
        g.tensor(at + "attn_norm.weight", layer.attn_norm.weight, "f32")
        g.tensor(at + "ffn_norm.weight", layer.ffn_norm.weight, "f32")
        for name, part in (("attn_q", layer.q), ("attn_k", layer.k)):
            g.tensor(f"{at}{name}.weight", interleaved(part.weight, s.heads), kind)
        for name, part in (("attn_v", layer.v), ("attn_output", layer.o), ("ffn_gate", layer.gate), ("ffn_up", layer.up),
                           ("ffn_down", layer.down)):
            g.tensor(f"{at}{name}.weight", part.weight, kind)
    g.tensor("output_norm.weight", llama.norm.weight, "f32")
    g.tensor("output.weight", llama.head.weight, kind)
    g.write(path)


def write_projector_gguf(model, path):
    s, g = SHAPE, GgufWriter()
    g.put("general.architecture", STRING, "clip")
    g.put("general.name", STRING, NAME)
    g.put("general.description", STRING, "image encoder for LLaVA")
    g.put("general.license", STRING, "Apache-2.0")
    g.put("general.file_type", U32, 1)
    g.put("clip.has_text_encoder", BOOL, False)
    g.put("clip.has_vision_encoder", BOOL, True)
    g.put("clip.has_llava_projector", BOOL, True)
    g.put("clip.projector_type", STRING, "ldp")
    g.put("clip.use_gelu", BOOL, False)
    for key, value in (("image_size", s.image), ("patch_size", s.patch), ("embedding_length", s.vision_width),
                       ("feed_forward_length", s.vision_inner), ("projection_dim", s.vision_width),
                       ("attention.head_count", s.vision_heads), ("block_count", s.vision_layers - 1)):
        g.put("clip.vision." + key, U32, value)
    g.put("clip.vision.attention.layer_norm_epsilon", F32, 1e-5)
    g.put_array("clip.vision.image_mean", F32, MEAN)
    g.put_array("clip.vision.image_std", F32, STD)
    names = {"embeddings.class_embedding": "v.class_embd", "embeddings.patch_embedding": "v.patch_embd",
             "embeddings.position_embedding": "v.position_embd", "pre_layrnorm": "v.pre_ln"}
    parts = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
             "self_attn.out_proj": "attn_out", "layer_norm1": "ln1", "layer_norm2": "ln2",
             "mlp.fc1": "ffn_down", "mlp.fc2": "ffn_up"}  # the published files' order
    for n in range(s.vision_layers - 1):
        names |= {f"encoder.layers.{n}.{k}": f"v.blk.{n}.{v}" for k, v in parts.items()}
    for name, values in vision_weights(model.vision).items():
        stem, dot, end = name.rpartition(".")
        known = names.get(name) or (names[stem] + dot + end if stem in names else None)
        if known is not None:
            g.tensor(known, values, "f16" if values.dim() > 1 else "f32")
    for name, values in projector_weights(model.projector).items():
        if name.endswith(("fc1.weight", "fc2.weight", "2.0.weight")):
            values = values[..., 0, 0]
        g.tensor(f"mm.model.{name}", values, "f16" if values.dim() > 1 else "f32")
    g.write(path)


def main():
    run, stage, out = sys.argv[1:]
    model = load(run, stage)
    write_huggingface(model, run, f"{out}/huggingface")
    os.makedirs(f"{out}/gguf", exist_ok=True)
    for kind in ("f16", "q8_0"):
        write_language_gguf(model, run, kind, f"{out}/gguf/ggml-model-{kind}.gguf")
    write_projector_gguf(model, f"{out}/gguf/mmproj-model-f16.gguf")


if __name__ == "__main__":
    main()
