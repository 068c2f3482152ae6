namespace Sluice.Emulator.Faults;

/// <summary>What Azure Resource Manager lets one principal do in one subscription of a region.</summary>
/// <param name="Reads">GET and HEAD.</param>
/// <param name="Writes">PUT, PATCH and POST.</param>
/// <param name="Deletes">DELETE.</param>
internal sealed record BudgetLimits(BucketLimit Reads, BucketLimit Writes, BucketLimit Deletes)
{
    /// <summary>The limits that Azure has published: "Understand how Azure Resource Manager throttles requests", as of 2024.</summary>
    public static BudgetLimits Azure { get; } = new(new(250, 25), new(200, 10), new(200, 10));
}
