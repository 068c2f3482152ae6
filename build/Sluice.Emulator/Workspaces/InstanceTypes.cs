using System.Collections.Frozen;

namespace Sluice.Emulator.Workspaces;

/// <summary>
/// The virtual machine sizes that a managed deployment may ask for, with their cores: those of Azure's "Managed online endpoints SKU list",
/// whose column "Skip 20% Reservation" says for which of them nothing is reserved.
/// </summary>
internal static class InstanceTypes
{
    private const double UpgradeReserve = 1.2;

    private static readonly FrozenDictionary<string, int> Cores = new Dictionary<string, int>
    {
        ["Standard_DS1_v2"] = 1,
        ["Standard_DS2_v2"] = 2,
        ["Standard_DS3_v2"] = 4,
        ["Standard_DS4_v2"] = 8,
        ["Standard_DS5_v2"] = 16,
        ["Standard_D2a_v4"] = 2,
        ["Standard_D4a_v4"] = 4,
        ["Standard_D8a_v4"] = 8,
        ["Standard_D16a_v4"] = 16,
        ["Standard_D32a_v4"] = 32,
        ["Standard_D48a_v4"] = 48,
        ["Standard_D64a_v4"] = 64,
        ["Standard_D96a_v4"] = 96,
        ["Standard_D2as_v4"] = 2,
        ["Standard_D4as_v4"] = 4,
        ["Standard_D8as_v4"] = 8,
        ["Standard_D16as_v4"] = 16,
        ["Standard_D32as_v4"] = 32,
        ["Standard_D48as_v4"] = 48,
        ["Standard_D64as_v4"] = 64,
        ["Standard_D96as_v4"] = 96,
        ["Standard_E2s_v3"] = 2,
        ["Standard_E4s_v3"] = 4,
        ["Standard_E8s_v3"] = 8,
        ["Standard_E16s_v3"] = 16,
        ["Standard_E32s_v3"] = 32,
        ["Standard_E48s_v3"] = 48,
        ["Standard_E64s_v3"] = 64,
        ["Standard_F2s_v2"] = 2,
        ["Standard_F4s_v2"] = 4,
        ["Standard_F8s_v2"] = 8,
        ["Standard_F16s_v2"] = 16,
        ["Standard_F32s_v2"] = 32,
        ["Standard_F48s_v2"] = 48,
        ["Standard_F64s_v2"] = 64,
        ["Standard_F72s_v2"] = 72,
        ["Standard_FX4mds"] = 4,
        ["Standard_FX12mds"] = 12,
        ["Standard_FX24mds"] = 24,
        ["Standard_FX36mds"] = 36,
        ["Standard_FX48mds"] = 48,
        ["Standard_L8s_v2"] = 8,
        ["Standard_L16s_v2"] = 16,
        ["Standard_L32s_v2"] = 32,
        ["Standard_L48s_v2"] = 48,
        ["Standard_L64s_v2"] = 64,
        ["Standard_L80s_v2"] = 80,
        ["Standard_L8s_v3"] = 8,
        ["Standard_L16s_v3"] = 16,
        ["Standard_L32s_v3"] = 32,
        ["Standard_L48s_v3"] = 48,
        ["Standard_L64s_v3"] = 64,
        ["Standard_L80s_v3"] = 80,
        ["Standard_L8as_v3"] = 8,
        ["Standard_L16as_v3"] = 16,
        ["Standard_L32as_v3"] = 32,
        ["Standard_L48as_v3"] = 48,
        ["Standard_L64as_v3"] = 64,
        ["Standard_L80as_v3"] = 80,
        ["Standard_NC4as_T4_v3"] = 4,
        ["Standard_NC8as_T4_v3"] = 8,
        ["Standard_NC16as_T4_v3"] = 16,
        ["Standard_NC64as_T4_v3"] = 64,
        ["Standard_NC6s_v2"] = 6,
        ["Standard_NC12s_v2"] = 12,
        ["Standard_NC24s_v2"] = 24,
        ["Standard_NC6s_v3"] = 6,
        ["Standard_NC12s_v3"] = 12,
        ["Standard_NC24s_v3"] = 24,
        ["Standard_NC24ads_A100_v4"] = 24,
        ["Standard_NC48ads_A100_v4"] = 48,
        ["Standard_NC96ads_A100_v4"] = 96,
        ["Standard_NC40ads_H100_v5"] = 40,
        ["Standard_NC80adis_H100_v5"] = 80,
        ["Standard_ND40rs_v2"] = 40,
        ["Standard_ND96asr_v4"] = 96,
        ["Standard_ND96amsr_A100_v4"] = 96,
        ["Standard_ND96is_H100_v5"] = 96,
        ["Standard_ND96isr_H100_v5"] = 96,
        ["Standard_NV6ads_A10_v5"] = 6,
        ["Standard_NV12ads_A10_v5"] = 12,
        ["Standard_NV18ads_A10_v5"] = 18,
        ["Standard_NV36ads_A10_v5"] = 36,
        ["Standard_NV36adms_A10_v5"] = 36,
        ["Standard_NV72ads_A10_v5"] = 72,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Unreserved = new[]
    {
        "Standard_NC24ads_A100_v4",
        "Standard_NC48ads_A100_v4",
        "Standard_NC96ads_A100_v4",
        "Standard_NC40ads_H100_v5",
        "Standard_NC80adis_H100_v5",
        "Standard_ND40rs_v2",
        "Standard_ND96asr_v4",
        "Standard_ND96amsr_A100_v4",
        "Standard_ND96is_H100_v5",
        "Standard_ND96isr_H100_v5",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All sizes with their cores.</summary>
    public static IEnumerable<(string Name, int Cores)> All => Cores.Select(size => (size.Key, size.Value));

    /// <summary>Checks that a size is known.</summary>
    /// <exception cref="RefusedException">It is not.</exception>
    public static void Check(string instanceType)
    {
        if (!Cores.ContainsKey(instanceType))
        {
            throw Refuse.Invalid(
                $"The instance type [{instanceType}] is not supported. Supported are: {string.Join(", ", Cores.Keys.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>Whether a fifth more instances than there are count against the quota, for upgrades.</summary>
    public static bool IsReserved(string? instanceType) => instanceType is not null && !Unreserved.Contains(instanceType);

    /// <summary>The cores of quota that instances need, the reserve for upgrades included:
    /// <c>ceil(1.2 · instances) · cores</c>, or without a reserve <c>instances · cores</c>. An unknown size needs none.</summary>
    public static int QuotaOf(string? instanceType, int instances)
    {
        var counted = IsReserved(instanceType) ? (int)Math.Ceiling(UpgradeReserve * instances) : instances;
        return instanceType is not null && Cores.TryGetValue(instanceType, out var cores) ? counted * cores : 0;
    }
}
