using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sluice.Emulator.Scoring.Mlflow;

namespace Sluice.Emulator.Scoring.Onnx;

/// <summary>The memory of one graph input.</summary>
internal abstract class InputTensor : IDisposable
{
    private InputTensor(OrtValue value) => Value = value;

    /// <summary>The memory as OnnxRuntime takes it.</summary>
    internal OrtValue Value { get; }

    /// <summary>Allocates memory.</summary>
    /// <param name="type">The element type of the graph's input.</param>
    /// <param name="shape">The dimensions, all of them known.</param>
    internal static InputTensor Create(TensorElementType type, long[] shape) => type switch
    {
        TensorElementType.Float => new Numbers<float>(shape),
        TensorElementType.Double => new Numbers<double>(shape),
        TensorElementType.Int64 => new Numbers<long>(shape),
        TensorElementType.Int32 => new Numbers<int>(shape),
        TensorElementType.Bool => new Booleans(shape),
        TensorElementType.String => new Texts(shape),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type that is served"),
    };

    /// <summary>
    /// Whether values of a numpy type can be stored: float64 goes into float, as MLflow casts it, and objects become texts; everything
    /// else must be equal.
    /// </summary>
    internal static bool Takes(TensorElementType type, DType values) => (type, values) switch
    {
        (TensorElementType.Float, DType.Float32 or DType.Float64) => true,
        (TensorElementType.Double, DType.Float64) => true,
        (TensorElementType.Int64, DType.Int64) => true,
        (TensorElementType.Int32, DType.Int32) => true,
        (TensorElementType.Bool, DType.Bool) => true,
        (TensorElementType.String, DType.Object) => true,
        _ => false,
    };

    /// <summary>The elements, where they are 64-bit integers; empty where they are something else.</summary>
    internal virtual Span<long> Integers => default;

    /// <summary>Stores one element.</summary>
    /// <param name="index">Its place, in row-major order.</param>
    /// <param name="value">A value that was cast to a type which this tensor takes.</param>
    /// <param name="json">The text that the value was read from.</param>
    internal abstract void Store(int index, in Scalar value, ReadOnlySpan<byte> json);

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();

    private static T[] Allocate<T>(long[] shape, out OrtValue value)
        where T : unmanaged
    {
        var elements = new T[shape.Aggregate(1L, (product, size) => product * size)];
        value = OrtValue.CreateTensorValueFromMemory(elements, shape);
        return elements;
    }

    private sealed class Numbers<T> : InputTensor
        where T : unmanaged, INumberBase<T>
    {
        private readonly T[] _elements;

        internal Numbers(long[] shape)
            : base(AllocateInto(shape, out var elements)) => _elements = elements;

        internal override Span<long> Integers => _elements as long[];

        internal override void Store(int index, in Scalar value, ReadOnlySpan<byte> json)
            => _elements[index] = value.Type is DType.Float32 or DType.Float64
                ? T.CreateTruncating(value.Real)
                : T.CreateTruncating(value.Integer);

        private static OrtValue AllocateInto(long[] shape, out T[] elements)
        {
            elements = Allocate<T>(shape, out var value);
            return value;
        }
    }

    private sealed class Booleans : InputTensor
    {
        private readonly bool[] _elements;

        internal Booleans(long[] shape)
            : base(AllocateInto(shape, out var elements)) => _elements = elements;

        internal override void Store(int index, in Scalar value, ReadOnlySpan<byte> json) => _elements[index] = value.Integer != 0;

        private static OrtValue AllocateInto(long[] shape, out bool[] elements)
        {
            elements = Allocate<bool>(shape, out var value);
            return value;
        }
    }

    private sealed class Texts(long[] shape)
        : InputTensor(OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape))
    {
        internal override void Store(int index, in Scalar value, ReadOnlySpan<byte> json)
        {
            if (value.Cell.Kind == CellKind.Text)
            {
                Value.StringTensorSetElementAt(value.Cell.Of(json), index);
            }
            else
            {
                Value.StringTensorSetElementAt(value.Cell.ToPythonText(json).AsSpan(), index);
            }
        }
    }
}
