namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>One side of a signature: all columns, or all tensors.</summary>
internal abstract record InputSchema
{
    /// <summary>A table's columns.</summary>
    /// <param name="Specs">At least one, all of them named or none.</param>
    internal sealed record Columns(IReadOnlyList<ColumnSpec> Specs) : InputSchema
    {
        /// <summary>Whether columns are matched by name; otherwise by place.</summary>
        internal bool Named => Specs[0].Name is not null;
    }

    /// <summary>Tensors, all of them named, or a single one without a name.</summary>
    internal sealed record Tensors(IReadOnlyList<TensorSpec> Specs) : InputSchema
    {
        /// <summary>Whether tensors are matched by name.</summary>
        internal bool Named => Specs[0].Name is not null;
    }
}
