using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>
/// What a caller may do with a resource: the sum of what each of its roles gives. What a role leaves out takes nothing away from another
/// one ("Understand Azure role definitions", notActions). Denials, which are another thing, are not among them.
/// </summary>
/// <param name="Entries">The roles' permissions.</param>
public sealed record Permissions(ImmutableArray<PermissionEntry> Entries)
{
    /// <summary>Whether an operation on resources is given.</summary>
    /// <param name="operation">The operation, for example <c>Microsoft.Insights/metrics/read</c>; in any case.</param>
    public bool Allow(string operation) =>
        Entries.Any(entry => IsAmong(entry.Actions, operation) && !IsAmong(entry.NotActions, operation));

    /// <summary>Whether an operation on what is in resources is given.</summary>
    /// <param name="operation">The operation; in any case.</param>
    public bool AllowData(string operation) =>
        Entries.Any(entry => IsAmong(entry.DataActions, operation) && !IsAmong(entry.NotDataActions, operation));

    private static bool IsAmong(ImmutableArray<string> patterns, string operation) => patterns.Any(pattern => Regex.IsMatch(
        operation,
        $@"\A{string.Join(".*", pattern.Split('*').Select(Regex.Escape))}\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
}
