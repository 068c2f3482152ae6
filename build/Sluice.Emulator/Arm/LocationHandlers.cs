using System.Text.Json.Nodes;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of a region: how many cores there are, how many are taken, and what machines they come in.</summary>
/// <param name="scope">The workspace.</param>
/// <param name="store">What takes the cores.</param>
/// <param name="coreLimit">Cores that all deployments may take together.</param>
internal sealed class LocationHandlers(ArmScope scope, WorkspaceStore store, int coreLimit)
{
    private const string Cores = "Total Cluster Dedicated Regional vCPUs";

    /// <summary>
    /// Lists the regions of the subscription, of which there is the workspace's (documentation: "Subscriptions - List Locations"). How people
    /// call it is not known here: <c>displayName</c> is its name.
    /// </summary>
    public Task<ArmReply> List(ArmRequest request) => Task.FromResult(Page.Of(request, [scope.Location], name => new JsonObject
    {
        ["id"] = $"{scope.SubscriptionPath}/locations/{name}",
        ["name"] = name,
        ["type"] = "Region",
        ["displayName"] = name,
        ["regionalDisplayName"] = name,
        ["metadata"] = new JsonObject { ["regionType"] = "Physical", ["regionCategory"] = "Recommended" },
    }));

    /// <summary>Lists what is used, the reserve for upgrades included.</summary>
    public Task<ArmReply> ListUsages(ArmRequest request) => Task.FromResult(Page.Of(Checked(request), [Cores], name =>
    {
        var usage = Quota(name, "usages");
        usage["currentValue"] = store.Current.CoresInUse();
        return usage;
    }));

    /// <summary>Lists what may be used.</summary>
    public Task<ArmReply> ListQuotas(ArmRequest request) =>
        Task.FromResult(Page.Of(Checked(request), [Cores], name => Quota(name, "quotas")));

    /// <summary>Lists the virtual machine sizes.</summary>
    public Task<ArmReply> ListSizes(ArmRequest request)
    {
        Checked(request);
        return Task.FromResult(ArmReply.Ok(new JsonObject
        {
            ["value"] = new JsonArray(
            [
                .. InstanceTypes.All.OrderBy(size => size.Name, StringComparer.Ordinal).Select(size => new JsonObject
                {
                    ["name"] = size.Name,
                    ["vCPUs"] = size.Cores,
                    ["supportedComputeTypes"] = new JsonArray("MIR"),
                }),
            ]),
        }));
    }

    private ArmRequest Checked(ArmRequest request)
    {
        var location = request.Name("location");
        return location.Equals(scope.Location, StringComparison.OrdinalIgnoreCase)
            ? request
            : throw Refuse.BadRequest(
                "NoRegisteredProviderFound",
                $"No registered resource provider found for location '{location}' and API version '{request.ApiVersion}' for namespace "
                + $"'{ArmScope.Provider}'. The supported locations are '{scope.Location}'.");
    }

    private JsonObject Quota(string name, string kind) => new()
    {
        ["id"] = $"{scope.SubscriptionPath}/providers/{ArmScope.Provider}/locations/{scope.Location}/{kind}/{name.Replace(' ', '_')}",
        ["amlWorkspaceLocation"] = scope.Location,
        ["type"] = $"{ArmScope.Provider}/{kind}",
        ["unit"] = "Count",
        ["limit"] = coreLimit,
        ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = name },
    };
}
