using System.Text.Json;

namespace Sluice.Emulator.Arm;

/// <summary>The list filter <c>tags=name,name=value</c>: every entry has to hold.</summary>
internal static class TagFilter
{
    /// <summary>Whether the entries of an object pass the filter; none always lets pass.</summary>
    public static bool Matches(JsonElement entries, string? filter) =>
        string.IsNullOrEmpty(filter) || filter.Split(',', StringSplitOptions.TrimEntries).All(condition => Holds(entries, condition));

    private static bool Holds(JsonElement entries, string condition)
    {
        var parts = condition.Split('=', 2);
        return entries.ValueKind == JsonValueKind.Object
            && entries.TryGetProperty(parts[0], out var value)
            && (parts.Length == 1 || value.ToString() == parts[1]);
    }
}
