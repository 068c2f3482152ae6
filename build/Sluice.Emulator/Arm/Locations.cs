using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Regions on the wire: <c>West Europe</c> and <c>westeurope</c> are the same.</summary>
internal static class Locations
{
    /// <summary>Takes the location of a tracked resource.</summary>
    public static string Read(JsonInput body) => body.TakeText("location") is { Length: > 0 } location
        ? location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()
        : throw Refuse.BadRequest("LocationRequired", "The location property is required for this definition.");
}
