using System.Collections.Frozen;
using System.Collections.Immutable;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Figures;

/// <summary>The instances that a run needs, by their size. Pure; quota that is free is nowhere looked up.</summary>
public static class InstanceFigures
{
    // Those that have a "Yes" in the column "Skip 20% Reservation" of Azure's "Managed online endpoints SKU list".
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

    /// <summary>The figures of a timetable, by the sizes' names; only of sizes that it makes or deletes something of.</summary>
    /// <param name="timetable">The timetable.</param>
    /// <param name="compute">Where the endpoint's deployments run; a Kubernetes cluster keeps no reserve.</param>
    public static ImmutableArray<InstanceFigure> Of(Timetable timetable, ComputeKind compute)
    {
        ArgumentNullException.ThrowIfNull(timetable);
        WorkspaceState[] states = [.. timetable.States];
        return
        [
            .. from type in states.SelectMany(Deployments).Select(deployment => deployment.InstanceType).Distinct(StringComparer.OrdinalIgnoreCase)
               let counts = states.Select(state => Of(state, type).Sum()).ToArray()
               where counts.Distinct().Count() > 1
               orderby type
               select new InstanceFigure(
                   type,
                   counts[0],
                   counts.Max(),
                   counts[^1],
                   compute == ComputeKind.Managed && IsReserved(type)
                       ? states.Max(state => Of(state, type).Sum(instances => WithReserve(type, instances)))
                       : null,
                   Added(timetable, counts)),
        ];
    }

    /// <summary>Whether Azure keeps a reserve of a size for upgrades, as it does for all sizes but large GPU ones.</summary>
    /// <param name="instanceType">The size.</param>
    public static bool IsReserved(string instanceType) => !Unreserved.Contains(instanceType);

    /// <summary>
    /// The instances that quota is wanted for: Azure keeps 20 % of a managed deployment's instances free for upgrades, so ⌈1.2 × instances⌉ of
    /// each deployment ("Manage and increase quotas and limits for resources with Azure Machine Learning", section "Virtual machine quota
    /// allocation for deployment"), and of sizes without a reserve the instances alone.
    /// </summary>
    /// <param name="instanceType">The size.</param>
    /// <param name="instances">A deployment's instances, 0 or more.</param>
    public static int WithReserve(string instanceType, int instances)
    {
        // Whole numbers, so that nothing is rounded on the way: six fifths, rounded up.
        const int Fifths = 5;
        return IsReserved(instanceType) ? (((Fifths + 1) * instances) + Fifths - 1) / Fifths : instances;
    }

    /// <summary>What is being made counts from its beginning, and what is being deleted to its end.</summary>
    private static TimeSpan Added(Timetable timetable, int[] counts)
    {
        var (added, now) = (TimeSpan.Zero, counts[0]);
        for (var index = 0; index < timetable.Actions.Length; index++)
        {
            var timed = timetable.Actions[index];
            var (before, after) = (counts[index], counts[index + 1]);
            added += ((Math.Max(before, after) - now) * timed.Takes) + ((after - now) * timed.Waits);
        }

        return added;
    }

    private static IEnumerable<int> Of(WorkspaceState state, string type) => Deployments(state)
        .Where(deployment => deployment.InstanceType.Equals(type, StringComparison.OrdinalIgnoreCase))
        .Select(deployment => deployment.InstanceCount);

    private static IEnumerable<DeploymentState> Deployments(WorkspaceState state) => state.Endpoint?.Deployments ?? [];
}
