namespace HeartClassifier.Trainer.Onnx;

/// <summary>A named setting of a node.</summary>
/// <param name="Name">The name that the operator's specification gives it.</param>
/// <param name="Value">A <see cref="long"/>, a string, or a list of <see cref="long"/>, <see cref="float"/> or strings.</param>
internal sealed record OnnxAttribute(string Name, object Value);
