using Microsoft.ML.Data;

namespace HeartClassifier.Trainer.Data;

/// <summary>One patient. A class with plain properties, because ML.NET reads it by reflection.</summary>
internal sealed class HeartRow
{
    /// <summary>The values of <see cref="HeartSchema.Numbers"/>, in that order.</summary>
    [VectorType(12)]
    public required float[] Numbers { get; init; }

    /// <summary>The value of <see cref="HeartSchema.Thal"/>.</summary>
    public required string Thal { get; init; }

    /// <summary>True when the vessels are narrowed.</summary>
    public bool Target { get; init; }

    /// <summary>The inputs in the order of <see cref="HeartSchema.Inputs"/>, as <see cref="long"/>, <see cref="float"/> or text.</summary>
    public IEnumerable<object> InputValues() => Numbers
        .Zip(HeartSchema.Numbers, (value, column) => column.Type == ColumnType.Long ? (object)(long)value : value)
        .Append(Thal);

    /// <summary>True when both rows have the same inputs, whatever their target.</summary>
    public bool HasInputsOf(HeartRow other) => Thal == other.Thal && Numbers.AsSpan().SequenceEqual(other.Numbers);
}
