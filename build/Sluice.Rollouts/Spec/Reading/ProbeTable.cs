using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>The columns and rows of a request.</summary>
/// <param name="Place">Where the columns are written.</param>
/// <param name="Columns">The columns' names.</param>
/// <param name="ColumnsText">The columns as JSON.</param>
/// <param name="Rows">The rows as JSON.</param>
internal sealed record ProbeTable(Place Place, ImmutableArray<string> Columns, string ColumnsText, ImmutableArray<string> Rows)
{
    /// <summary>The body that sends one row, in the form that Azure's MLflow container reads with and without a signature.</summary>
    public string BodyOf(string row) => $"{{\"input_data\":{{\"columns\":{ColumnsText},\"index\":[0],\"data\":[{row}]}}}}";
}
