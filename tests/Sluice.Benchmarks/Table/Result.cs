namespace Sluice.Benchmarks.Table;

/// <summary>What one measurement found.</summary>
/// <param name="Rows">Its lines of the table.</param>
/// <param name="Growths">How costs grow, where it was measured at several sizes.</param>
internal sealed record Result(IReadOnlyList<Row> Rows, IReadOnlyList<Growth> Growths)
{
    /// <summary>Lines of the table alone.</summary>
    public static Result Of(params Row[] rows) => new(rows, []);
}
