namespace HeartClassifier.Trainer.Onnx;

/// <summary>One operation of a graph.</summary>
/// <param name="Operator">The operator, for example <c>Concat</c>.</param>
/// <param name="Domain">The operator set: empty for ONNX itself, <c>ai.onnx.ml</c> for the classical models.</param>
/// <param name="Inputs">Names of values that exist before the node.</param>
/// <param name="Output">The name of the one value that the node makes; it names the node too.</param>
/// <param name="Attributes">The settings.</param>
internal sealed record OnnxNode(
    string Operator, string Domain, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<OnnxAttribute> Attributes);
