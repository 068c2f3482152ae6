using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Arm;

/// <summary>Names and addresses of operations on the wire.</summary>
internal static class OperationLinks
{
    // Whatever version the client speaks, polling URLs carry this one.
    private const string PollingVersion = "api-version=2022-02-01-preview";

    /// <summary>The name of an operation: <c>oe:</c> or <c>od:</c>, the workspace's GUID, its own.</summary>
    public static string Name(ArmScope scope, Guid operation, bool isDeployment) =>
        $"{(isDeployment ? "od" : "oe")}:{scope.WorkspaceId:D}:{operation:D}";

    /// <summary>The ARM id of an operation's status.</summary>
    public static string StatusId(ArmScope scope, Guid operation, bool isDeployment) =>
        $"{Base(scope)}/mfeOperationsStatus/{Name(scope, operation, isDeployment)}";

    /// <summary>The address of an operation's status.</summary>
    public static string Status(string root, ArmScope scope, Guid operation, bool isDeployment) =>
        $"{root}{StatusId(scope, operation, isDeployment)}?{PollingVersion}";

    /// <summary>The address of an operation's result.</summary>
    public static string Result(string root, ArmScope scope, Guid operation, bool isDeployment) =>
        $"{root}{Base(scope)}/mfeOperationResults/{Name(scope, operation, isDeployment)}?{PollingVersion}";

    /// <summary>The address of a resource.</summary>
    public static string Resource(string root, string id) => $"{root}{id}?{PollingVersion}";

    /// <summary>The headers of an answer that begins an operation.</summary>
    /// <param name="root">Scheme, host and port of the request.</param>
    /// <param name="scope">The workspace.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="location">What <c>Location</c> says.</param>
    public static IReadOnlyList<(string Name, string Value)> Headers(string root, ArmScope scope, Operation operation, string location) =>
    [
        ("Azure-AsyncOperation", Status(root, scope, operation.Id, operation.Deployment is not null)),
        ("Location", location),
        ("x-ms-async-operation-timeout", "PT30M"),
    ];

    /// <summary>The id in an operation's name, or null when the name is none.</summary>
    public static Guid? TryParse(string name) =>
        name.Split(':') is ["oe" or "od", _, var id] && Guid.TryParseExact(id, "D", out var parsed) ? parsed : null;

    private static string Base(ArmScope scope) => $"{scope.SubscriptionPath}/providers/{ArmScope.Provider}/locations/{scope.Location}";
}
