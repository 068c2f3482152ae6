using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Diagnosis;

/// <summary>The shipped configurations, filled in.</summary>
internal static class DoctorSpec
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";

    public const string Scope = $"/subscriptions/{Subscription}/resourceGroups/group/providers/Microsoft.MachineLearningServices/workspaces/team-ws";

    public static RolloutSpec Local { get; } = SpecReader.Read(Repository.File("config/local.json"), SpecOverrides.None).Spec!;

    public static RolloutSpec Prod { get; } = SpecReader.Read(
        Repository.File("config/prod.json"),
        SpecOverrides.None with { Subscription = Subscription, ResourceGroup = "group", WorkspaceName = "team-ws" }).Spec!;
}
