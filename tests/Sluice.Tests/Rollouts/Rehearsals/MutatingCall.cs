using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A call that changes the workspace, with all that is asked of it.</summary>
/// <param name="Name">The call.</param>
/// <param name="Arguments">Its arguments in words: two calls that ask for the same have the same.</param>
internal sealed record MutatingCall(string Name, string Arguments)
{
    /// <summary>The calls that an action is carried out by, in the order of their begin; none when it changes nothing.</summary>
    public static IEnumerable<MutatingCall> Of(RolloutAction action) => action switch
    {
        RegisterModel register =>
            [Register(new(register.Model, register.Folder, register.Tags)), .. register.Beside is { } create ? Of(create) : []],
        CreateEndpoint create => [Create(create.Endpoint)],
        CreateDeployment create => [Create(new DeploymentRequest(create.Endpoint, create.Name, create.Spec, create.Model, create.Tags))],
        SetTraffic shift => [Shift(shift.Change)],
        SetMark mark => [Mark(mark.Endpoint, mark.Expected, mark.Mark)],
        TagDeployment tag => [Tag(tag.Endpoint, tag.Deployment, tag.Name, tag.Value)],
        DeleteDeployment delete => [Delete(delete.Endpoint, delete.Deployment)],
        DeleteEndpoint delete => [Delete(delete.Endpoint, deployment: null)],
        _ => [],
    };

    public static MutatingCall Register(ModelRegistration registration) =>
        new("register model", $"{registration.Name} of {registration.Folder.Path} with {registration.Folder.Digest}, {Words(registration.Tags)}");

    public static MutatingCall Create(EndpointSpec endpoint) =>
        new("create endpoint", $"{endpoint.Name}, {endpoint.AuthMode}, {endpoint.ComputeKind}, {Words(endpoint.Tags)}");

    public static MutatingCall Create(DeploymentRequest deployment) => new(
        "create deployment",
        $"{deployment.Name} of {deployment.Endpoint} with {deployment.Model.Title} on {deployment.Spec.InstanceCount} × {deployment.Spec.InstanceType}, "
        + Words(deployment.Tags));

    public static MutatingCall Shift(TrafficChange change) => new(
        "set traffic",
        $"{change.Endpoint} from [{change.Expected}] to [{change.Wanted}], mirrored [{change.Mirror?.ToString() ?? "as it is"}], {Words(change.Mark)}");

    public static MutatingCall Mark(string endpoint, RolloutMark? expected, RolloutMark mark) =>
        new("set mark", $"{endpoint} from {Words(expected)} to {Words(mark)}");

    public static MutatingCall Tag(string endpoint, string deployment, string name, string value) =>
        new("tag deployment", $"{deployment} of {endpoint}: {name} = {value}");

    public static MutatingCall Delete(string endpoint, string? deployment) =>
        new("delete", deployment is null ? endpoint : $"{deployment} of {endpoint}");

    public override string ToString() => $"{Name} {Arguments}";

    private static string Words(RolloutMark? mark) => mark?.ToString() ?? "no mark";

    private static string Words(IEnumerable<KeyValuePair<string, string>> tags) => string.Join(" ", tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
