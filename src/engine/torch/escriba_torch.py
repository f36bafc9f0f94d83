"""What computes Escriba's networks with PyTorch: the other end of `connection.ts`.

Escriba keeps the loop, the schedule, the masks and the checkpoints; this computes. It needs nothing but `torch`.

A frame is a head and arrays: the lengths of both in bytes (two unsigned 32-bit numbers), the head as JSON, padded with
spaces to a multiple of 8, and the arrays of its list `arrays` ([name, type, shape] each), row-major, one after the
other. All is little-endian. A frame asks for a `call`; the answer has `arrays` alone. The first frame, which nobody
asks for, says what there is. Where anything fails, the last line of it goes to stderr behind `escriba-error:`, and the
process ends.

Alone it is started as it is, in several processes by `torchrun`. One of them leads: it has Escriba's pipe as its
standard input and output, and passes every call of a trainer on to the others, on this and other machines. Each computes its lanes of the batch;
gradients are summed over all, and each takes the same step of the optimizer.

Shapes: T steps, B lanes of a batch, H units of a layer, V tokens, X length of a layer's input, R rows.
"""

import os

PARENT = os.getppid()

import datetime
import json
import queue
import struct
import sys
import threading
import traceback

PROTOCOL = 1


def fail(error):
    """Says what went wrong and ends the process, with all threads."""
    traceback.print_exception(error)
    words = " ".join(f"{type(error).__name__}: {error}".split())
    print(f"escriba-error: {words}", file=sys.stderr, flush=True)
    os._exit(1)


try:
    import torch
    from torch import distributed
    from torch.nn import functional
except ImportError as error:
    fail(error)

TYPES = {"f32": torch.float32, "f64": torch.float64, "i32": torch.int32}


# ---- Frames ----------------------------------------------------------------------------------------------------------


class Frame:
    """What is asked: a head, and arrays by name. They lie in the bytes that came."""

    def __init__(self, data, head_length):
        self.head = json.loads(data[:head_length].decode())
        self.arrays = {}
        offset = head_length
        for name, kind, shape in self.head["arrays"]:
            count = 1
            for size in shape:
                count *= size
            dtype = TYPES[kind]
            array = torch.frombuffer(data, dtype=dtype, count=count, offset=offset) if count else torch.empty(0, dtype=dtype)
            self.arrays[name] = array.view(shape)
            offset += count * dtype.itemsize


class Channel:
    """The pipe to Escriba. Once Escriba is gone this process ends, also in the middle of a step."""

    def __init__(self):
        # What libraries print must not get between the frames.
        self.input = os.fdopen(os.dup(0), "rb")
        self.output = os.fdopen(os.dup(1), "wb")
        silence()
        self.frames = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while len(prefix := self.input.read(8)) == 8:
            head_length, length = struct.unpack("<II", prefix)
            data = bytearray(head_length + length)
            view = memoryview(data)
            while view and (count := self.input.readinto(view)):
                view = view[count:]
            if view:
                break
            self.frames.put((head_length, data))
        self.frames.put((0, bytearray()))
        # Until then the other processes have been told to end.
        threading.Event().wait(5)
        os._exit(1)

    def write(self, head, arrays):
        """Sends arrays by name as a frame."""
        buffers = []
        listed = []
        for name, array in arrays.items():
            kind = next(kind for kind, dtype in TYPES.items() if dtype == array.dtype)
            listed.append([name, kind, list(array.shape)])
            if array.numel():
                buffer = bytearray(array.numel() * array.itemsize)
                torch.frombuffer(buffer, dtype=array.dtype).view(array.shape).copy_(array)
                buffers.append(buffer)
        text = json.dumps({**head, "arrays": listed}).encode()
        text += b" " * (-len(text) % 8)
        try:
            self.output.write(struct.pack("<II", len(text), sum(map(len, buffers))) + text)
            for buffer in buffers:
                self.output.write(buffer)
            self.output.flush()
        except BrokenPipeError:
            os._exit(1)


def silence():
    """Turns standard input into nothing, and standard output into stderr."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)


# ---- Several processes -----------------------------------------------------------------------------------------------


class Group:
    """The processes that share a training: this one's rank, and who leads."""

    def __init__(self):
        self.size = int(os.environ.get("WORLD_SIZE", 1))
        self.rank = int(os.environ.get("RANK", 0))
        self.here = int(os.environ.get("LOCAL_WORLD_SIZE", 1))
        local_rank = int(os.environ.get("LOCAL_RANK", 0))
        self.device = torch.device("cuda", local_rank) if torch.cuda.is_available() else torch.device("cpu")
        if self.device.type == "cuda":
            torch.cuda.set_device(self.device)
        self.leader = 0
        self.pids = [os.getpid()]
        if self.size > 1:
            if os.name != "nt":
                threading.Thread(target=end_with_parent, daemon=True).start()
            # Between two steps a person may pause for days.
            patience = datetime.timedelta(days=365)
            backend = "cpu:gloo,cuda:nccl" if self.device.type == "cuda" else "gloo"
            distributed.init_process_group(backend, timeout=patience)
            part = os.environ.get("ESCRIBA_PART")
            leads = local_rank == 0 and part == "leads"
            if part == "joins":
                threading.Thread(target=end_with_pipe, daemon=True).start()
            found = [torch.zeros(2, dtype=torch.int64) for _ in range(self.size)]
            distributed.all_gather(found, torch.tensor([leads, os.getpid()]))
            self.leader = [bool(flag) for flag, _ in found].index(True)
            self.pids = [int(pid) for _, pid in found]
        self.leads = self.rank == self.leader

    def lanes(self, batch):
        """The lanes of a batch that this process computes."""
        return slice(batch * self.rank // self.size, batch * (self.rank + 1) // self.size)

    def share(self, head_length, data):
        """The leader's frame, in every process."""
        if self.size == 1:
            return head_length, data
        lengths = torch.tensor([head_length, len(data)])
        distributed.broadcast(lengths, self.leader)
        head_length, length = lengths.tolist()
        if length == 0:
            return 0, bytearray()
        if not self.leads:
            data = bytearray(length)
        distributed.broadcast(torch.frombuffer(data, dtype=torch.uint8), self.leader)
        return head_length, data

    def sum(self, array):
        """Adds up an array over all processes, in place; each gets the same bits."""
        if self.size > 1:
            distributed.all_reduce(array)
        return array


def end_with_parent():
    """A process whose `torchrun` was killed would wait for the others for ever."""
    while os.getppid() == PARENT:
        threading.Event().wait(1)
    os._exit(1)


def end_with_pipe():
    """A process that computes for another machine's Escriba has nothing to read from its own, but its end."""
    while os.read(0, 1):
        pass
    os._exit(1)


# ---- The network -----------------------------------------------------------------------------------------------------
# A step of a cell: `gate(k, v)` is the sum W·x + R·v + b of gate k, where `v` is what its recurrent matrix multiplies;
# `peep(k)` its peephole's weights. It returns the states after it, the hidden state first, and the gates.


def classic(gate, peep, before):
    (h,) = before
    h = torch.tanh(gate(0, h))
    return (h,), (h,)


def lstm(gate, peep, before):
    h, c = before
    i, f, o = (torch.sigmoid(gate(k, h)) for k in (0, 1, 3))
    g = torch.tanh(gate(2, h))
    c = f * c + i * g
    return (o * torch.tanh(c), c), (i, f, g, o)


def peephole(gate, peep, before):
    h, c = before
    i, f = (torch.sigmoid(gate(k, h) + peep(k) * c) for k in (0, 1))
    g = torch.tanh(gate(2, h))
    c = f * c + i * g
    o = torch.sigmoid(gate(3, h) + peep(2) * c)
    return (o * torch.tanh(c), c), (i, f, g, o)


def gru(gate, peep, before):
    (h,) = before
    z, r = (torch.sigmoid(gate(k, h)) for k in (0, 1))
    candidate = torch.tanh(gate(2, r * h))
    return ((1 - z) * h + z * candidate,), (z, r, candidate)


def mingru(gate, peep, before):
    (h,) = before
    z, candidate = torch.sigmoid(gate(0, h)), gate(1, h)
    return ((1 - z) * h + z * candidate,), (z, candidate)


def packed_product(matrix, rows):
    """The function of x [rows, X] and y [rows, Y] that gives x·Mᵀ + y for a 16-bit matrix M [Y, X], which is laid out for
    it once."""
    try:
        packed = torch.ops.mkldnn._reorder_linear_weight(matrix, rows)
        product = torch.ops.mkldnn._linear_pointwise.binary
        product(matrix.new_zeros(rows, matrix.shape[1]), matrix.new_zeros(rows, len(matrix)), packed, None, "add")
    except (AttributeError, RuntimeError):
        # A PyTorch built without oneDNN, or one that names this otherwise.
        return lambda x, y: torch.addmm(y, x, matrix.t())
    return lambda x, y: product(x, y, packed, None, "add")


class LstmIn16Bits(torch.autograd.Function):
    """All T steps of a layer of LSTM with 16-bit products, on a processor: for large layers, of which the kernel of nn.LSTM
    derives wrong gradients where the processor has matrix registers (AMX; seen with PyTorch 2.15)."""

    # The kernel is right up to here, and faster.
    most_units_of_kernel = 896

    @staticmethod
    def forward(ctx, x, h, c, W, R, b):
        """Of x [T, B, X] and the states before it [B, H] the hidden states [T, B, H] and the states after it [B, H]."""
        x, h, W, R, b = (array.bfloat16() for array in (x, h, W, R, b))
        T, (B, H) = len(x), h.shape
        sums = functional.linear(x, W, b)
        gates = sums.new_empty(T, B, 4 * H, dtype=torch.float32)
        hidden = h.new_empty(T + 1, B, H)
        cell = c.new_empty(T + 1, B, H)
        hidden[0], cell[0] = h, c
        recur = packed_product(R, B)
        for t in range(T):
            z = gates[t].copy_(recur(hidden[t], sums[t]))
            i, f, g, o = z.split(H, dim=1)
            z[:, : 2 * H].sigmoid_()
            g.tanh_()
            o.sigmoid_()
            torch.mul(f, cell[t], out=cell[t + 1]).addcmul_(i, g)
            torch.mul(o, torch.tanh(cell[t + 1]), out=hidden[t + 1])
        ctx.save_for_backward(x, W, R, gates, hidden, cell)
        last_h, last_c = hidden[-1].clone(), cell[-1].clone()
        ctx.mark_non_differentiable(last_h, last_c)
        return hidden[1:], last_h, last_c

    @staticmethod
    def backward(ctx, given, *_):
        x, W, R, gates, hidden, cell = ctx.saved_tensors
        T, B, H = given.shape
        dz = hidden.new_empty(T, B, 4 * H)
        dh = given[-1]
        dc = gates.new_zeros(B, H)
        through_sigmoid, through_tanh = torch.ops.aten.sigmoid_backward, torch.ops.aten.tanh_backward
        back = packed_product(R.t().contiguous(), B)
        for t in reversed(range(T)):
            i, f, g, o = gates[t].split(H, dim=1)
            dh = dh.float()
            squashed = torch.tanh(cell[t + 1])
            dc = dc + through_tanh(dh * o, squashed)
            of_gates = (
                through_sigmoid(dc * g, i),
                through_sigmoid(dc * cell[t], f),
                through_tanh(dc * i, g),
                through_sigmoid(dh * squashed, o),
            )
            torch.cat(of_gates, dim=1, out=dz[t])
            dc = dc * f
            if t:
                dh = back(dz[t], given[t - 1])
        rows = dz.flatten(0, 1)
        dx = (rows @ W).view(x.shape) if ctx.needs_input_grad[0] else None
        dW, dR = rows.t() @ x.flatten(0, 1), rows.t() @ hidden[:-1].flatten(0, 1)
        db = rows.new_ones(1, len(rows)) @ rows
        return dx, None, None, dW, dR, db[0]


def lstm_kernel(x, before, weights):
    """All T steps of a layer by the kernel of nn.LSTM, or as above."""
    h, c = before
    in_16_bits = x.device.type == "cpu" and torch.is_autocast_enabled("cpu")
    if in_16_bits and h.shape[1] > LstmIn16Bits.most_units_of_kernel:
        outputs, h, c = LstmIn16Bits.apply(x, h, c, *weights[:3])
        return outputs, (h, c)
    outputs, h, c = torch._VF.lstm(x, (h[None], c[None]), weights, True, 1, 0.0, True, False, False)
    return outputs, (h[0], c[0])


def classic_kernel(x, before, weights):
    """All T steps of a layer by the kernel of nn.RNN."""
    outputs, h = torch._VF.rnn_tanh(x, before[0][None], weights, True, 1, 0.0, True, False, False)
    return outputs, (h[0],)


class Cell:
    def __init__(self, step, gates, states=("hidden",), recurrent=True, peepholes="", kernel=None):
        self.step = step
        self.gates = gates
        self.states = states
        self.recurrent = gates if recurrent else ""
        self.peepholes = peepholes
        self.kernel = kernel


CELLS = {
    "classic": Cell(classic, "h", kernel=classic_kernel),
    "lstm": Cell(lstm, "ifgo", ("hidden", "cell"), kernel=lstm_kernel),
    "gru": Cell(gru, "zrh"),
    "mingru": Cell(mingru, "zh", recurrent=False),
    "peephole": Cell(peephole, "ifgo", ("hidden", "cell"), peepholes="ifo"),
}


def by_columns(rows, W):
    """W·x for rows x. With the rows as columns, which libraries add up all in the same order, the bits of one do not
    depend on its place."""
    return (W @ rows.t().contiguous()).t()


class Layout:
    """Where each parameter lies in one flat array: those of a layer's gates follow each other, so that they are one
    matrix [n·H, X] for all n gates, and the matrices, which alone decay, come before the vectors."""

    def __init__(self, config):
        cell = CELLS[config["cell"]]
        V, H, E = config["vocabularySize"], config["hidden"], config["embedding"]
        one_hot = E == "one-hot"
        matrices = [] if one_hot else [("embedding", ["embedding"], (V, E))]
        vectors = []
        for layer in range(config["layers"]):
            X = H if layer > 0 else V if one_hot else E
            for parameter, gates, shape, pieces in (
                ("W", cell.gates, (H, X), matrices),
                ("R", cell.recurrent, (H, H), matrices),
                ("b", cell.gates, (H,), vectors),
                ("p", cell.peepholes, (H,), vectors),
            ):
                if gates:
                    names = [f"layer{layer}.{gate}.{parameter}" for gate in gates]
                    pieces.append((f"layer{layer}.{parameter}", names, shape))
        matrices.append(("dense.W", ["dense.W"], (V, H)))
        vectors.append(("dense.b", ["dense.b"], (V,)))
        self.pieces = []
        self.length = 0
        for pieces in (matrices, vectors):
            for key, names, (rows, *columns) in pieces:
                size = rows * (columns[0] if columns else 1)
                self.pieces.append((key, names, (rows, *columns), self.length, size))
                self.length += len(names) * size
            if pieces is matrices:
                self.decaying = self.length

    def joined(self, flat):
        """Views of a flat array by layer and kind: `layer0.W` [n·H, X]."""
        return {
            key: flat[start : start + len(names) * size].view(len(names) * rows, *columns)
            for key, names, (rows, *columns), start, size in self.pieces
        }

    def named(self, flat):
        """Views of a flat array by parameter: `layer0.i.W` [H, X]."""
        return {
            name: flat[start + k * size : start + (k + 1) * size].view(shape)
            for _, names, shape, start, size in self.pieces
            for k, name in enumerate(names)
        }

    def flat(self, arrays, device, prefix=""):
        """A flat array of the parameters among some arrays."""
        flat = torch.empty(self.length, device=device)
        for name, view in self.named(flat).items():
            view.copy_(arrays[prefix + name].view(view.shape))
        return flat


class Network:
    """A network's formulas, over parameters by `Layout.joined`."""

    def __init__(self, config):
        self.config = config
        self.cell = CELLS[config["cell"]]
        self.one_hot = config["embedding"] == "one-hot"
        self.states = [f"layer{layer}.{state}" for layer in range(config["layers"]) for state in self.cell.states]

    def zero_states(self, rows, device):
        """[rows, H] by name."""
        return {name: torch.zeros(rows, self.config["hidden"], device=device) for name in self.states}

    def unroll(self, parameters, states, ids, recurrent_masks={}, output_masks=()):
        """T steps: of ids [T, B] the logits [T, B, V], and the states after them."""
        x = None
        after = {}
        for layer in range(self.config["layers"]):
            W, R, b, p = (parameters.get(f"layer{layer}.{kind}") for kind in "WRbp")
            mask = recurrent_masks.get(layer)
            if mask is not None:
                R = R * mask
            before = [states[f"layer{layer}.{state}"] for state in self.cell.states]
            if self.cell.kernel:
                given = self.vectors(parameters, ids) if x is None else x
                x, last = self.cell.kernel(given, before, (W, R, b, torch.zeros_like(b)))
            else:
                x, last = self.steps(self.sums(parameters, ids, x, W, b), R, p, before)
            if output_masks:
                x = x * output_masks[layer]
            for state, value in zip(self.cell.states, last):
                after[f"layer{layer}.{state}"] = value
        return functional.linear(x, parameters["dense.W"], parameters["dense.b"]), after

    def vectors(self, parameters, ids):
        """What the first layer reads: [T, B, E], or unit vectors."""
        if self.one_hot:
            return functional.one_hot(ids, self.config["vocabularySize"]).to(parameters["dense.W"].dtype)
        return functional.embedding(ids, parameters["embedding"])

    def sums(self, parameters, ids, x, W, b):
        """W·x + b of all gates [T, B, n·H]."""
        if x is not None:
            return functional.linear(x, W, b)
        if self.one_hot:
            return functional.embedding(ids, W.t()) + b
        return functional.linear(self.vectors(parameters, ids), W, b)

    def steps(self, sums, R, p, before):
        """The steps of a layer [T, B, H] one by one, and the states after them."""
        hidden = []
        for given in sums:
            before, _ = self.step(given, R, p, before)
            hidden.append(before[0])
        return torch.stack(hidden), before

    def step(self, sums, R, p, before, product=functional.linear):
        """One step of a layer from W·x + b of all gates [B, n·H]."""
        H = self.config["hidden"]
        given = sums.split(H, dim=1)
        matrices = R.split(H) if R is not None else None
        peepholes = p.split(H) if p is not None else None
        # Of gates that multiply the same, one product.
        together = {}

        def gate(k, v):
            if matrices is None:
                return given[k]
            if self.config["cell"] == "gru":
                # The update and the reset gate multiply h, the candidate r∘h.
                which = (0, 1) if k < 2 else (2,)
            else:
                which = range(len(given))
            if which[0] not in together:
                rows = R[which[0] * H : (which[-1] + 1) * H]
                together[which[0]] = product(v, rows).split(H, dim=1)
            return given[k] + together[which[0]][k - which[0]]

        return self.cell.step(gate, lambda k: peepholes[k], before)

    def single_step(self, parameters, states, x):
        """One step of rows x [R, V]: their logits [R, V], the states after it, and all gates."""
        after = {}
        gates = {}
        for layer in range(self.config["layers"]):
            W, R, b, p = (parameters.get(f"layer{layer}.{kind}") for kind in "WRbp")
            if layer == 0 and not self.one_hot:
                x = by_columns(x, parameters["embedding"].t())
            before = [states[f"layer{layer}.{state}"] for state in self.cell.states]
            last, values = self.step(by_columns(x, W) + b, R, p, before, by_columns)
            for state, value in zip(self.cell.states, last):
                after[f"layer{layer}.{state}"] = value
            for name, value in zip(self.cell.gates, values):
                gates[f"layer{layer}.{name}"] = value
            x = last[0]
        return by_columns(x, parameters["dense.W"]) + parameters["dense.b"], after, gates


# ---- What Escriba asks for -------------------------------------------------------------------------------------------


class Trainer:
    """The state of a training, and its steps. Every process has all parameters, and the hidden states of its lanes."""

    shared = True

    def __init__(self, group, head, arrays):
        self.group = group
        self.batch = head["batch"]
        self.beta1, self.beta2 = head["betas"]
        self.bf16 = head["precision"] == "bf16"
        self.threads = max(1, head["threads"] // group.here)
        self.lanes = group.lanes(self.batch)
        self.network = Network(head["config"])
        self.layout = layout = Layout(head["config"])
        device = group.device
        self.kept = {prefix: layout.flat(arrays, device, prefix) for prefix in head["kept"]}
        # The last number is the loss, so that one sum over the processes has both.
        self.gradient = torch.zeros(layout.length + 1, device=device)
        self.parameters = layout.joined(self.kept[""])
        for parameter, gradient in zip(self.parameters.values(), layout.joined(self.gradient[:-1]).values()):
            parameter.requires_grad_().grad = gradient
        self.states = self.own_states(arrays)

    def own_states(self, arrays):
        """The states [lanes, H] of this process' lanes, of arrays [H, B]; zero where there are none."""
        rows = self.lanes.stop - self.lanes.start
        states = self.network.zero_states(rows, self.group.device)
        for name, state in states.items():
            if name in arrays:
                state.copy_(arrays[name][:, self.lanes].t())
        return states

    def step(self, head, arrays):
        if head["resetState"]:
            self.states = self.own_states({})
        self.states = self.backward(arrays)
        loss = self.gradient[-1].item()
        norm = torch.linalg.vector_norm(self.gradient[:-1], dtype=torch.float64).item()
        # Not by gradients that are not finite, so that the weights stay inspectable.
        if loss - loss == 0 and norm - norm == 0:
            self.adam(head, norm)
        return {"result": torch.tensor([loss, norm], dtype=torch.float64)}

    def gradients(self, head, arrays):
        self.backward(arrays)
        return {"loss": self.gradient[-1:].double(), **self.layout.named(self.gradient[:-1])}

    def backward(self, arrays):
        """The loss of a window and its gradients, summed over all processes; returns the states after the window."""
        self.gradient.zero_()
        after = self.states
        if self.lanes.stop > self.lanes.start:
            device = self.group.device
            ids, targets = (arrays[name].view(-1, self.batch)[:, self.lanes].to(device).long() for name in ("inputs", "targets"))
            layers = range(self.network.config["layers"])
            output_masks = [
                arrays[f"output{layer}"][:, self.lanes].t().to(device) for layer in layers if f"output{layer}" in arrays
            ]
            recurrent_masks = {}
            for layer in layers:
                own = [arrays[f"layer{layer}.{gate}.R"] for gate in self.network.cell.recurrent if f"layer{layer}.{gate}.R" in arrays]
                if own:
                    recurrent_masks[layer] = torch.cat(own).to(device)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=self.bf16):
                logits, after = self.network.unroll(self.parameters, self.states, ids, recurrent_masks, output_masks)
            steps = ids.shape[0]
            nats = functional.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="sum")
            loss = nats / (steps * self.batch)
            loss.backward()
            self.gradient[-1] = loss.detach()
            after = {name: state.detach().float() for name, state in after.items()}
        self.group.sum(self.gradient)
        return after

    @torch.no_grad()
    def adam(self, head, norm):
        """m' = β₁m + (1 − β₁)g, v' = β₂v + (1 − β₂)g², w' = w − (decay·w + stepSize·m' / (√v' + ε)), for the gradient g
        scaled down to the norm `clip` where it is above."""
        w, m, v, g = self.kept[""], self.kept["m."], self.kept["v."], self.gradient[:-1]
        factor = head["clip"] / max(norm, head["clip"])
        m.mul_(self.beta1).add_(g, alpha=(1 - self.beta1) * factor)
        v.mul_(self.beta2).addcmul_(g, g, value=(1 - self.beta2) * factor**2)
        if head["decay"] > 0:
            w[: self.layout.decaying].mul_(1 - head["decay"])
        # The gradient is not needed any more.
        torch.sqrt(v, out=g)
        w.addcdiv_(m, g.add_(head["epsilon"]), value=-head["stepSize"])
        if "average." in self.kept:
            self.kept["average."].lerp_(w, head["emaWeight"])

    def state(self, head, arrays):
        states = {}
        for name, own in self.states.items():
            whole = torch.zeros(own.shape[1], self.batch)
            whole[:, self.lanes] = own.t().cpu()
            states[name] = self.group.sum(whole)
        named = {
            prefix + name: view.detach() for prefix, flat in self.kept.items() for name, view in self.layout.named(flat).items()
        }
        return {**named, **states}


class Scorer:
    """Reads windows of R lanes."""

    shared = False

    def __init__(self, group, head, arrays):
        self.device = group.device
        self.lanes = head["lanes"]
        self.threads = head["threads"]
        self.network = Network(head["config"])
        self.layout = Layout(head["config"])

    def begin(self, head, arrays):
        self.parameters = self.layout.joined(self.layout.flat(arrays, self.device))
        self.states = self.network.zero_states(self.lanes, self.device)
        return {}

    @torch.no_grad()
    def score(self, head, arrays):
        ids, targets = (arrays[name].view(-1, self.lanes).to(self.device).long() for name in ("inputs", "targets"))
        logits, self.states = self.network.unroll(self.parameters, self.states, ids)
        return {"nats": functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")}


# Rows of a step that are computed at once, however few there are: the order of a product's sums follows from the sizes
# of its factors too, so that a row gets the same bits alone and among others.
ROWS = 16


class Stepper:
    """Single steps of rows."""

    shared = False

    def __init__(self, group, head, arrays):
        self.device = group.device
        self.threads = head["threads"]
        self.gates = head["gates"]
        self.network = Network(head["config"])
        layout = Layout(head["config"])
        self.parameters = layout.joined(layout.flat(arrays, self.device))

    @torch.no_grad()
    def step(self, head, arrays):
        if "ids" in arrays:
            x = functional.one_hot(arrays["ids"].long(), self.network.config["vocabularySize"]).float()
        else:
            x = arrays["weights"]
        rows = len(x)
        x = self.padded(x)
        states = {name: self.padded(arrays[name]) if name in arrays else None for name in self.network.states}
        found = {}
        for start in range(0, len(x), ROWS):
            block = slice(start, start + ROWS)
            own = self.network.zero_states(ROWS, self.device)
            own.update({name: state[block] for name, state in states.items() if state is not None})
            logits, after, gates = self.network.single_step(self.parameters, own, x[block])
            results = {"logits": logits, **{f"next.{name}": state for name, state in after.items()}}
            for name, value in {**results, **(gates if self.gates else {})}.items():
                found.setdefault(name, []).append(value)
        return {name: torch.cat(values)[:rows] for name, values in found.items()}

    def padded(self, matrix):
        return functional.pad(matrix.to(self.device), (0, 0, 0, -len(matrix) % ROWS))


KINDS = {"trainer": Trainer, "scorer": Scorer, "stepper": Stepper}


def serve(group, channel):
    """Answers one call after the other until Escriba is gone; only the leader has a channel."""
    held = {}
    while True:
        # What the leader alone does, the others hear nothing of.
        head_length, data = channel.frames.get() if channel else (0, bytearray())
        if channel and head_length:
            frame = Frame(data, head_length)
            kind = KINDS[frame.head["of"]]
        else:
            frame, kind = None, Trainer
        if kind.shared:
            head_length, data = group.share(head_length, data)
            if head_length == 0:
                return
            frame = frame or Frame(data, head_length)
        answer = call(group, held, frame)
        if channel:
            channel.write({}, answer)


def call(group, held, frame):
    head, arrays = frame.head, frame.arrays
    identity = head["id"]
    if head["call"] == "open":
        made = KINDS[head["of"]](group, head, arrays)
        held[identity] = made
        return {}
    if head["call"] == "close":
        held.pop(identity, None)
        return {}
    one = held[identity]
    torch.set_num_threads(one.threads)
    return getattr(one, head["call"])(head, arrays)


def main():
    group = Group()
    channel = None
    if group.leads:
        channel = Channel()
        head = {
            "protocol": PROTOCOL,
            "torch": torch.__version__,
            "device": torch.cuda.get_device_name() if group.device.type == "cuda" else "cpu",
            "pids": group.pids,
        }
        channel.write(head, {})
    elif os.environ.get("ESCRIBA_PART") != "joins":
        silence()
    serve(group, channel)
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        fail(error)
