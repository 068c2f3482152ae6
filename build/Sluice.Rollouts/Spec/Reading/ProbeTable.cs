using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>The columns and rows of a request.</summary>
/// <param name="Place">Where the columns are written.</param>
/// <param name="Columns">The columns' names.</param>
/// <param name="ColumnsText">The columns as JSON.</param>
/// <param name="Rows">The rows; after a mistake, not each one is a list of as many values as there are columns.</param>
internal sealed record ProbeTable(Place Place, ImmutableArray<string> Columns, string ColumnsText, ImmutableArray<SpecNode> Rows)
{
    /// <summary>The bodies that send one row each, in the form that Azure's MLflow container reads with and without a signature.</summary>
    public ImmutableArray<string> ToBodies() =>
        [.. Rows.Select(row => $"{{\"input_data\":{{\"columns\":{ColumnsText},\"index\":[0],\"data\":[{JsonText.Of(row)}]}}}}")];
}
