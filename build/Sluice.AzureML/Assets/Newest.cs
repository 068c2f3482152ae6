using Azure;

namespace Sluice.AzureML.Assets;

/// <summary>What <c>@latest</c> means: the version that was created last, not the one with the highest number.</summary>
internal static class Newest
{
    /// <summary>The order in which the newest version comes first, as the official client asks for it.</summary>
    public const string Order = "createdtime desc";

    /// <summary>There is none.</summary>
    public static RequestFailedException Missing(string kind, string name) =>
        new(404, $"The workspace has no {kind} '{name}', so there is no latest version of it.", "NotFound", innerException: null);
}
