namespace HeartClassifier.Trainer.Data;

/// <summary>The columns of the UCI heart-disease data, in the order of the signature.</summary>
internal static class HeartSchema
{
    /// <summary>The label's column: 1 when the vessels are narrowed, 0 when not.</summary>
    public const string Target = "target";

    /// <summary>The one text column: the result of the thallium stress test.</summary>
    public static readonly HeartColumn Thal = new("thal", ColumnType.String);

    /// <summary>
    /// The words of <see cref="Thal"/> that the models know, one one-hot slot each. Any other text is unknown and gets no slot.
    /// </summary>
    public static readonly IReadOnlyList<string> ThalWords = ["normal", "fixed", "reversible"];

    /// <summary>The numeric columns, in the order of <see cref="HeartRow.Numbers"/>.</summary>
    public static readonly IReadOnlyList<HeartColumn> Numbers =
    [
        new("age", ColumnType.Long),
        new("sex", ColumnType.Long, 0, 1),
        new("cp", ColumnType.Long, 1, 2, 3, 4),
        new("trestbps", ColumnType.Long),
        new("chol", ColumnType.Long),
        new("fbs", ColumnType.Long, 0, 1),
        new("restecg", ColumnType.Long, 0, 1, 2),
        new("thalach", ColumnType.Long),
        new("exang", ColumnType.Long, 0, 1),
        new("oldpeak", ColumnType.Double),
        new("slope", ColumnType.Long, 1, 2, 3),
        new("ca", ColumnType.Long, 0, 1, 2, 3),
    ];

    /// <summary>All inputs: the numeric columns, then <see cref="Thal"/>.</summary>
    public static readonly IReadOnlyList<HeartColumn> Inputs = [.. Numbers, Thal];
}
