using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring.Onnx;

/// <summary>A copy of one graph output, reused from run to run.</summary>
internal abstract class OutputTensor : IDisposable
{
    private OutputTensor()
    {
    }

    /// <summary>The elements of the last run.</summary>
    internal int Count { get; private set; }

    /// <summary>The dimensions of the last run.</summary>
    internal long[] Shape { get; private set; } = [];

    /// <summary>Prepares for an output.</summary>
    internal static OutputTensor Create(OnnxPort port) => port.Type switch
    {
        TensorElementType.Float => new Reals<float>(value => value),
        TensorElementType.Double => new Reals<double>(value => value),
        TensorElementType.Int64 => new Integers<long>(value => value),
        TensorElementType.Int32 => new Integers<int>(value => value),
        TensorElementType.Bool => new Booleans(),
        TensorElementType.String => new Texts(),
        _ => throw new ArgumentOutOfRangeException(nameof(port), port.Type, "not a type that is served"),
    };

    /// <summary>Copies the values of a run.</summary>
    internal void Load(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        Shape = info.Shape;
        Count = (int)info.ElementCount;
        Copy(value);
    }

    /// <summary>Whether the runtime may write outputs of the last run's size to memory of this object.</summary>
    internal virtual bool CanBeBound => false;

    /// <summary>Memory of the last run's size for the runtime to write to. What is read from now on is what stands there.</summary>
    internal virtual OrtValue Bind() => throw new InvalidOperationException("These outputs can't be bound.");

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Writes one element as Python writes it. A float32 is widened first, as pandas does when it boxes one.</summary>
    internal abstract void Write(int index, PythonJsonWriter writer);

    private protected abstract void Copy(OrtValue value);

    private abstract class Copied<T> : OutputTensor
        where T : unmanaged
    {
        private OrtValue? _bound;

        private protected T[] Elements { get; private set; } = [];

        internal override bool CanBeBound => Count > 0;

        internal override OrtValue Bind()
        {
            Elements = new T[Count];
            return _bound = OrtValue.CreateTensorValueFromMemory(Elements, Shape);
        }

        public override void Dispose()
        {
            _bound?.Dispose();
            base.Dispose();
        }

        private protected override void Copy(OrtValue value)
        {
            if (Elements.Length < Count)
            {
                Elements = new T[Count];
            }

            value.GetTensorDataAsSpan<T>().CopyTo(Elements);
        }
    }

    private sealed class Reals<T>(Func<T, double> widen) : Copied<T>
        where T : unmanaged
    {
        internal override void Write(int index, PythonJsonWriter writer) => writer.Number(widen(Elements[index]));
    }

    private sealed class Integers<T>(Func<T, long> widen) : Copied<T>
        where T : unmanaged
    {
        internal override void Write(int index, PythonJsonWriter writer) => writer.Number(widen(Elements[index]));
    }

    private sealed class Booleans : Copied<bool>
    {
        internal override void Write(int index, PythonJsonWriter writer) => writer.Boolean(Elements[index]);
    }

    private sealed class Texts : OutputTensor
    {
        private string[] _elements = [];

        internal override void Write(int index, PythonJsonWriter writer) => writer.Text(_elements[index]);

        private protected override void Copy(OrtValue value) => _elements = value.GetStringTensorAsArray();
    }
}
