using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Lists, a page at a time.</summary>
internal static class Page
{
    private const int DefaultSize = 100;
    private const string Skip = "$skip";
    private const string SkipToken = "$skipToken";

    // Links were continued by $skip up to 2024, and are by $skipToken in the specification's examples of 2025-12-01.
    private const string FirstWithToken = "2025";

    /// <summary>The page that the request asks for: <c>$skip</c> (or <c>$skipToken</c>) items in, of size <c>count</c> (or <c>$top</c>).</summary>
    public static ArmReply Of<T>(ArmRequest request, IEnumerable<T> items, Func<T, JsonObject> render)
    {
        var all = items.ToList();
        var skip = Number(request, 0, SkipToken, Skip, "offset");
        var size = Number(request, DefaultSize, "count", "$top");
        var page = new JsonObject { ["value"] = new JsonArray([.. all.Skip(skip).Take(size).Select(render)]) };
        if (size > 0 && skip + size < all.Count)
        {
            var cursor = string.CompareOrdinal(request.ApiVersion, FirstWithToken) < 0 ? Skip : SkipToken;
            page["nextLink"] = request.AddressWith(cursor, (skip + size).ToString(CultureInfo.InvariantCulture));
        }

        return ArmReply.Ok(page);
    }

    /// <summary>A page of an asset's versions: the one that was created last first, or as <c>$orderBy</c> has it.</summary>
    public static ArmReply OfVersions<T>(
        ArmRequest request, IEnumerable<T> versions, Func<T, DateTimeOffset> createdAt, Func<T, JsonObject> render) => Of(
        request,
        request.Query("$orderBy")?.EndsWith(" asc", StringComparison.OrdinalIgnoreCase) == true
            ? versions.OrderBy(createdAt)
            : versions.OrderByDescending(createdAt),
        render);

    private static int Number(ArmRequest request, int otherwise, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (request.Query(name) is { Length: > 0 } text)
            {
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw Refuse.BadRequest("InvalidQueryParameterValue", $"The query parameter {name} is '{text}'; expected is an integer of 0 or more.");
            }
        }

        return otherwise;
    }
}
