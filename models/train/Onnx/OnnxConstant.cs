namespace HeartClassifier.Trainer.Onnx;

/// <summary>A constant tensor of a graph (ONNX calls it an initializer).</summary>
/// <param name="Name">The name by which nodes take it as an input.</param>
/// <param name="Values">A <see cref="float"/> for a scalar, or an array of <see cref="long"/> for a vector.</param>
internal sealed record OnnxConstant(string Name, object Values);
