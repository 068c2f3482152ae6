using System.Text;

namespace Sluice.Rollouts.Assets;

/// <summary>The order in which Python sorts texts, and <c>az ml</c> thus files: by code points, and so by UTF-8 bytes.</summary>
internal static class PythonOrder
{
    /// <summary>The texts as they are.</summary>
    public static IComparer<string> Exact { get; } = Comparer<string>.Create(CompareBytes);

    /// <summary>The texts in lower case; those that differ in case only follow in the order of their own bytes.</summary>
    public static IComparer<string> LowerCase { get; } = Comparer<string>.Create((x, y) =>
        CompareBytes(x.ToLowerInvariant(), y.ToLowerInvariant()) is var order and not 0 ? order : CompareBytes(x, y));

    private static int CompareBytes(string x, string y) =>
        Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
}
