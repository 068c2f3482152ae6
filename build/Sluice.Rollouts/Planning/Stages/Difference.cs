using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>How a deployment that a rollout made differs from what is wanted now.</summary>
internal static class Difference
{
    /// <summary>
    /// The difference, as a sentence goes on behind the deployment's name; null for none, as far as can be known. A person's own deployment is
    /// as they want it. Machines are compared as the service shows them, all else by the digest that the deployment was tagged with: one without,
    /// of an earlier release, is compared by its machines alone.
    /// </summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="wanted">What is wanted.</param>
    public static string? Of(DeploymentState deployment, RolloutSpec wanted)
    {
        if (deployment.Role is not { } role)
        {
            return null;
        }

        var spec = role == Role.Baseline ? wanted.Blue : wanted.Green;
        string?[] differences = [OfMachines(deployment, spec), OfDigest(deployment, spec)];
        var known = string.Join(", and ", differences.OfType<string>());
        return known.Length > 0 ? known : null;
    }

    /// <summary>A cluster chooses its default machines itself, and the number of instances where that follows their load.</summary>
    private static string? OfMachines(DeploymentState deployment, DeploymentSpec spec)
    {
        var isSame = deployment.InstanceType.Equals(spec.InstanceType, StringComparison.OrdinalIgnoreCase)
            && (deployment.InstanceCount == spec.InstanceCount || spec.Scale is TargetUtilizationSpec);
        return isSame || deployment.InstanceType.Length == 0 || spec.InstanceType.Length == 0
            ? null
            : $"has {deployment.InstanceCount} × {deployment.InstanceType}, and wanted are {spec.InstanceCount} × {spec.InstanceType}";
    }

    private static string? OfDigest(DeploymentState deployment, DeploymentSpec spec) =>
        deployment.SpecDigest?.PartsOtherThan(SpecDigest.Of(spec)).ToArray() switch
        {
            null or [] => null,
            [var only] => $"differs from the configuration in its {only}",
            [.. var others, var last] => $"differs from the configuration in its {string.Join(", ", others)} and {last}",
        };
}
