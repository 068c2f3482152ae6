using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The list filter <c>listViewType</c>: active ones unless asked otherwise.</summary>
internal static class ArchiveFilter
{
    /// <summary>Whether an asset passes.</summary>
    public static bool Matches(bool isArchived, ArmRequest request) => request.Query("listViewType")?.ToUpperInvariant() switch
    {
        null or "" or "ACTIVEONLY" => !isArchived,
        "ARCHIVEDONLY" => isArchived,
        "ALL" => true,
        _ => throw Refuse.BadRequest(
            "InvalidQueryParameterValue",
            $"The query parameter listViewType is '{request.Query("listViewType")}'; allowed are ActiveOnly, ArchivedOnly, All."),
    };
}
