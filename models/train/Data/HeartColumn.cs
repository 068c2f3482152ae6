namespace HeartClassifier.Trainer.Data;

/// <summary>One of the classifier's inputs.</summary>
/// <param name="Name">The name in the CSV header, in the signature and in the graph.</param>
/// <param name="Type">The type in the signature.</param>
/// <param name="Codes">
/// The codes that the data set's description gives a categorical number; empty for a measurement, which may take any value.
/// </param>
internal sealed record HeartColumn(string Name, ColumnType Type, params IReadOnlyList<int> Codes)
{
    /// <summary>True when the values are codes of categories rather than a measured quantity.</summary>
    public bool IsCategorical => Codes.Count > 0;
}
