using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>Finds in a scoring request what belongs to each row of its answer.</summary>
internal static class RequestRows
{
    private const string Data = "data";
    private static readonly string[] NoRows = ["columns", "index"];

    /// <summary>
    /// What is in each row, the same text for the same row whatever its place and the spaces in it. Where the request has no list that fits
    /// the answer, it is the whole request and the row's place.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="count">The rows that its answer has.</param>
    public static IReadOnlyList<string> Of(ContainerRequest request, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(request.Body.Memory);
            if (Find(document.RootElement, count) is { } rows)
            {
                return rows;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A request by GET has no body, and Python takes what is no JSON, such as NaN.
        }

        var whole = $"{request.Query} {Encoding.UTF8.GetString(request.Body.Span)}";
        return [.. Enumerable.Range(0, count).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row} {whole}"))];
    }

    private static List<string>? Find(JsonElement element, int count)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.GetArrayLength() == count ? [.. element.EnumerateArray().Select(TextOf)] : null;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // A data frame in pandas' split form; its columns may happen to be as many as its rows.
        if (element.TryGetProperty(Data, out var data))
        {
            return Find(data, count);
        }

        var members = element.EnumerateObject().Where(member => !NoRows.Contains(member.Name)).Select(member => member.Value).ToList();
        var columns = members.FindAll(member => member.ValueKind == JsonValueKind.Array && member.GetArrayLength() == count);
        return columns.Count > 1
            ? [.. Enumerable.Range(0, count).Select(row => string.Join(',', columns.Select(column => TextOf(column[row]))))]
            : members.Select(member => Find(member, count)).FirstOrDefault(rows => rows is not null);
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(TextOf))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(member => $"{member.Name}:{TextOf(member.Value)}"))}}}",
        _ => value.GetRawText(),
    };
}
