namespace Sluice.Rollouts.Diagnosis;

/// <summary>What of a region's quota of cores is taken.</summary>
/// <param name="Name">What is counted: all cores of Azure ML in the region, or those of a family of sizes.</param>
/// <param name="Used">The cores taken.</param>
/// <param name="Limit">The cores there are; below 0 for any number.</param>
public sealed record CoreUsage(string Name, long Used, long Limit)
{
    private const string All = "Total Cluster Dedicated Regional vCPUs";

    /// <summary>
    /// Whether it counts a size: all of them do by the region's total; and those of a family, whose counter is called as the family, in words
    /// (<c>standardDSv2Family</c> and <c>Standard DSv2 Family Cluster Dedicated vCPUs</c>).
    /// </summary>
    public bool Counts(MachineSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return Name.Equals(All, StringComparison.OrdinalIgnoreCase)
            || (size.Family is { Length: > 0 } family && Plain(Name).StartsWith(Plain(family), StringComparison.Ordinal));
    }

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
