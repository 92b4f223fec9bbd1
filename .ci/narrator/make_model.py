"""Writes a language model that knows nothing: random weights of a fixed seed in the form of a small Llama.

    make_model.py FILE.gguf

What it writes once it is served is nonsense, and the same nonsense every time. The protocol of a real server is tried
with it, and that nonsense is refused. The file is the same, byte for byte, wherever it is made.
"""

import sys

import gguf
import numpy

LAYERS, WIDTH, HEADS, INNER, CONTEXT = 2, 64, 4, 128, 32768
# The first number of every token and every state is the same, and no layer writes to it: what the last layer gives it is
# how gladly a token is written.
CONSTANT = 6.0
# Tokens are the printable characters of ASCII one by one, every byte besides, and a few words, so that nonsense has some.
WORDS = "you the is a no not your and to was have pain take doctor said stop tumor left right daily".split()
CHAT = (
    "{% for message in messages %}[{{ message['role'] }}] {{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}[assistant] {% endif %}"
)


def vocabulary() -> tuple[list[str], list[float], list[int]]:
    """The tokens of a SentencePiece vocabulary: their texts, scores and kinds."""
    kind = gguf.TokenType
    tokens = [("<unk>", 0.0, kind.UNKNOWN), ("<s>", 0.0, kind.CONTROL), ("</s>", 0.0, kind.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", 0.0, kind.BYTE) for byte in range(256)]
    tokens += [("\u2581", -1.0, kind.NORMAL)]
    tokens += [(chr(code), -1.0, kind.NORMAL) for code in range(0x21, 0x7F)]
    tokens += [(f"\u2581{word}", -0.5, kind.NORMAL) for word in WORDS]
    texts, scores, kinds = zip(*tokens)
    return list(texts), list(scores), [int(k) for k in kinds]


def liking(text: str, kind: int) -> float:
    """How gladly a token is written. Single bytes never: most rows of them are no UTF-8, which the server calls its own
    error. Words and ends gladly, and of the digits the small ones, so that some of the nonsense is about a sentence that
    was asked, and passes the first looks at its form."""
    if kind != int(gguf.TokenType.NORMAL):
        return -6.0
    if text.isdigit():
        return -0.5 if text in "123" else -6.0
    signs = {",": 3.0, "}": 1.0, '"': 3.6, "]": 0.2, "{": 0.0, "[": 0.0, ":": 0.0, ".": 1.0}
    if len(text) > 1:
        return 0.8
    return 0.0 if text.isalpha() else signs.get(text, -6.0)


def main(path: str) -> None:
    """Writes the file."""
    out = gguf.GGUFWriter(path, "llama")
    texts, scores, kinds = vocabulary()
    out.add_name("nonsense")
    out.add_context_length(CONTEXT)
    out.add_embedding_length(WIDTH)
    out.add_block_count(LAYERS)
    out.add_feed_forward_length(INNER)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_rope_dimension_count(WIDTH // HEADS)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_vocab_size(len(texts))
    out.add_file_type(gguf.LlamaFileType.ALL_F32)
    out.add_tokenizer_model("llama")
    out.add_token_list(texts)
    out.add_token_scores(scores)
    out.add_token_types(kinds)
    out.add_unk_token_id(0)
    out.add_bos_token_id(1)
    out.add_eos_token_id(2)
    out.add_chat_template(CHAT)

    # A generator whose stream numpy promises never to change.
    random = numpy.random.RandomState(20250301)

    def weights(name: str, *shape: int, first: list[float] | None = None) -> None:
        spread = 1.0 if name.startswith("token_embd") else 2.0 / numpy.sqrt(shape[-1])
        values = (random.standard_normal(shape) * spread).astype(numpy.float32)
        if first is not None:
            values[:, 0] = first
        if name.endswith(("attn_output.weight", "ffn_down.weight")):
            values[0] = 0
        out.add_tensor(name, values)

    def ones(name: str) -> None:
        out.add_tensor(name, numpy.ones(WIDTH, dtype=numpy.float32))

    weights("token_embd.weight", len(texts), WIDTH, first=[CONSTANT] * len(texts))
    ones("output_norm.weight")
    weights("output.weight", len(texts), WIDTH, first=[liking(*token) for token in zip(texts, kinds)])
    for layer in range(LAYERS):
        of = f"blk.{layer}."
        ones(of + "attn_norm.weight")
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            weights(f"{of}{part}.weight", WIDTH, WIDTH)
        ones(of + "ffn_norm.weight")
        weights(of + "ffn_gate.weight", INNER, WIDTH)
        weights(of + "ffn_up.weight", INNER, WIDTH)
        weights(of + "ffn_down.weight", WIDTH, INNER)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


if __name__ == "__main__":
    main(sys.argv[1])
