using System.Text;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// The order in which Python sorts lower-case names, which the hash of a model folder depends on: by code points, and thus by UTF-8 bytes.
/// Names that differ in case only follow in the order of their own bytes.
/// </summary>
internal sealed class PythonLowerCaseOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static PythonLowerCaseOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = CompareBytes(x.ToLowerInvariant(), y.ToLowerInvariant());
        return order != 0 ? order : CompareBytes(x, y);
    }

    private static int CompareBytes(string x, string y) =>
        Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
}
