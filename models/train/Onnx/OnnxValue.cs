namespace HeartClassifier.Trainer.Onnx;

/// <summary>An input or output of a graph: a tensor of rank 1 with one element a row, <c>[N]</c>.</summary>
/// <param name="Name">The name that callers use.</param>
/// <param name="Type">The element type.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type);
