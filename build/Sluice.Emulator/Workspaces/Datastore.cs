using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>A datastore that a client registered. The workspace's own is not one of these: it follows from the workspace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Properties">What the client set under <c>properties</c>, secrets taken out, an object.</param>
/// <param name="Secrets">The secrets, an object, or null.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record Datastore(
    string Name, JsonElement Properties, JsonElement? Secrets, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt)
{
    /// <summary>The blob container that it stands for; null when it is none of that storage account.</summary>
    public string? ContainerIn(string account) =>
        "AzureBlob".Equals(Properties.TextOf("datastoreType"), StringComparison.OrdinalIgnoreCase) && Properties.TextOf("accountName") == account
            ? Properties.TextOf("containerName")
            : null;

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{nameof(Datastore)} {{ {nameof(Name)} = {Name} }}";
}
