using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Sluice.Emulator.Scoring.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The dimensions, -1 for one that varies; null when the graph does not say.</param>
internal sealed record OnnxPort(string Name, TensorElementType Type, IReadOnlyList<int>? Shape)
{
    private static readonly TensorElementType[] Served =
    [
        TensorElementType.Float, TensorElementType.Double, TensorElementType.Int64, TensorElementType.Int32, TensorElementType.Bool,
        TensorElementType.String,
    ];

    /// <summary>The element type as ONNX writes it, for example <c>tensor(float)</c>.</summary>
    internal string TypeName => $"tensor({Type.ToString().ToLowerInvariant()})";

    /// <summary>Describes a port.</summary>
    /// <returns>Null when its values are not tensors of a type that is served.</returns>
    internal static OnnxPort? Of(string name, NodeMetadata metadata)
        => metadata.OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR && Served.Contains(metadata.ElementDataType)
            ? new OnnxPort(name, metadata.ElementDataType, metadata.Dimensions is { Length: > 0 } shape ? shape : null)
            : null;
}
