# SPDX-FileCopyrightText: Galago developers
# SPDX-License-Identifier: Apache-2.0
"""Greedy answers of a trained model, in float32."""
import numpy as np
import torch
from PIL import Image

from model import SHAPE, normalise
from scenes import PAD
from tokenizer import BOS, EOS, SYSTEM


def preprocess(picture):
    """A picture of any size to pixels [1, 3, h, w]: padded to a square with CLIP's mean colour, Pillow's bicubic."""
    picture = picture.convert("RGB")
    side = max(picture.size)
    square = Image.new("RGB", (side, side), PAD)
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    square = square.resize((SHAPE.image, SHAPE.image), Image.BICUBIC)
    return normalise(torch.from_numpy(np.asarray(square)[None].copy()))


class Answerer:
    def __init__(self, model, tokenizer):
        self.model, self.tokenizer = model, tokenizer

    def picture_tokens(self, pixels):
        """Tower and projector: features [patches, width], tokens [tokens, language width]."""
        features = self.model.vision(pixels)
        return features, self.model.projector(features)

    def embeddings(self, tokens, question):
        """The prompt's rows; without a picture where `tokens` is None."""
        t, embed = self.tokenizer, self.model.llama.tok_embd
        if tokens is None:
            return embed(torch.tensor([[BOS] + t.sp.encode(f"{SYSTEM} USER: {question} ASSISTANT:")]))
        return torch.cat([embed(torch.tensor([t.before])), tokens, embed(torch.tensor([t.first(question)]))], 1)

    def ids(self, tokens, question, limit=40):
        """Greedy ids with the end mark, and the logits of each step [steps, vocabulary]."""
        llama = self.model.llama
        x, start, caches = self.embeddings(tokens, question), 0, [[] for _ in llama.layers]
        out, steps = [], []
        while len(out) < limit:
            logits = llama.head(llama.hidden(x, start, caches)[:, -1])[0]
            start += x.shape[1]
            steps.append(logits)
            out.append(int(logits.argmax()))
            if out[-1] == EOS:
                break
            x = llama.tok_embd(torch.tensor([[out[-1]]]))
        return out, torch.stack(steps)

    def answer(self, tokens, question):
        ids, _ = self.ids(tokens, question)
        return self.tokenizer.sp.decode([i for i in ids if i > EOS]).strip()
