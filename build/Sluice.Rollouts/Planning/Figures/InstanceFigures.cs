using System.Collections.Immutable;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Figures;

/// <summary>The instances that a run needs, by their size. Pure; quota that is free is nowhere looked up.</summary>
public static class InstanceFigures
{
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
                   compute == ComputeKind.Managed ? states.Max(state => Of(state, type).Sum(WithReserve)) : null,
                   Added(timetable, counts)),
        ];
    }

    /// <summary>
    /// The instances that quota is wanted for: Azure keeps 20 % of a managed deployment's instances free for upgrades, so ⌈1.2 × instances⌉ of
    /// each deployment ("Manage and increase quotas and limits for resources with Azure Machine Learning", section "Virtual machine quota
    /// allocation for deployment").
    /// </summary>
    /// <param name="instances">A deployment's instances, 0 or more.</param>
    public static int WithReserve(int instances)
    {
        // Whole numbers, so that nothing is rounded on the way: six fifths, rounded up.
        const int Fifths = 5;
        return (((Fifths + 1) * instances) + Fifths - 1) / Fifths;
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
